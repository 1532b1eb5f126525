import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Book, type Line, spendOf, sumOver, type Used } from './book.js';
import { decompose, EFFECT_KINDS, type EffectKind } from './decompose.js';
import { explain } from './explain.js';

const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
/** Tokens without a rate cost nothing, and no tokens cost nothing. */
const used: fc.Arbitrary<Used> = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), amount)
  .map(([tokens, spend]) => ({ tokens, spend: tokens === 0n ? 0n : spend }));
const free = ({ tokens }: Used): Used => ({ tokens, spend: 0n });
/** Where no attempt has a price, nothing costs anything. */
const line = (names: fc.Arbitrary<string>): fc.Arbitrary<Line> =>
  fc
    .record({
      provider: names,
      model: names,
      priced: fc.bigInt({ min: 0n, max: 10n ** 6n }),
      ...{ input: used, cachedInput: used, cacheWrite: used, output: used, toolUse: used, other: amount },
    })
    .map((one) => {
      if (one.priced > 0n) return one;
      const { input, cachedInput, cacheWrite, output, toolUse } = one;
      return {
        ...one,
        ...{ input: free(input), cachedInput: free(cachedInput), cacheWrite: free(cacheWrite) },
        ...{ output: free(output), toolUse: free(toolUse), other: 0n },
      };
    });
const lines = fc.uniqueArray(line(fc.constantFrom('a', 'b', 'c')), {
  maxLength: 6,
  selector: ({ provider, model }) => `${provider} ${model}`,
});
const book: fc.Arbitrary<Book> = fc
  .tuple(lines, fc.bigInt({ min: 0n, max: 10n ** 5n }), fc.bigInt({ min: 0n, max: 10n ** 5n }))
  .map(([of, unpriced, repeats]) => {
    const attempts = sumOver(of, ({ priced }) => priced) + unpriced;
    return { lines: of, attempts, requests: attempts > repeats ? attempts - repeats : attempts > 0n ? 1n : 0n };
  });
/** A book with calls and money in it. */
const busy = book.filter(
  ({ requests, lines: of }) =>
    requests > 0n && of.some(({ priced }) => priced > 0n) && of.every(({ priced }) => priced > 0n),
);

const spend = ({ lines: of }: Book) => sumOver(of, spendOf);
const scale = (of: Used, by: bigint): Used => ({ tokens: of.tokens * by, spend: of.spend * by });

function each(of: Book, change: (line: Line) => Line): Book {
  return { ...of, lines: of.lines.map(change) };
}

function only(kind: EffectKind, before: Book, after: Book): void {
  const { effects } = decompose(before, after);
  const others = EFFECT_KINDS.filter((name) => name !== kind);
  expect(Object.fromEntries(others.map((name) => [name, effects[name]]))).toEqual(
    Object.fromEntries(others.map((name) => [name, 0n])),
  );
  expect(effects[kind]).toBe(spend(after) - spend(before));
}

describe('why spend changed', () => {
  it('adds up to the difference for any two periods', () => {
    fc.assert(
      fc.property(book, book, (before, after) => {
        const { effects } = decompose(before, after);
        expect(Object.values(effects).reduce((sum, one) => sum + one, 0n)).toBe(spend(after) - spend(before));
      }),
      { numRuns: 500 },
    );
  });

  it('is nothing where nothing changed', () => {
    fc.assert(
      fc.property(book, (same) => {
        expect(Object.values(decompose(same, same).effects).every((one) => one === 0n)).toBe(true);
      }),
    );
  });

  it('is price alone where only rates changed', () => {
    const factor = fc.bigInt({ min: 0n, max: 50n });
    fc.assert(
      fc.property(busy, fc.array(factor, { minLength: 6, maxLength: 6 }), (before, factors) => {
        const repriced = before.lines.map((one, index) => {
          const dearer = (of: Used): Used => ({ ...of, spend: of.spend * (factors[index] ?? 1n) });
          const { input, cachedInput, cacheWrite, output, toolUse } = one;
          return {
            ...one,
            ...{ input: dearer(input), cachedInput: dearer(cachedInput), cacheWrite: dearer(cacheWrite) },
            ...{ output: dearer(output), toolUse: dearer(toolUse) },
          };
        });
        only('price', before, { ...before, lines: repriced });
      }),
    );
  });

  it('is volume alone where there is more of everything', () => {
    fc.assert(
      fc.property(busy, fc.bigInt({ min: 1n, max: 40n }), fc.boolean(), (small, by, grows) => {
        const big = {
          ...each(small, (one) => ({
            ...one,
            priced: one.priced * by,
            ...{ input: scale(one.input, by), cachedInput: scale(one.cachedInput, by) },
            ...{ cacheWrite: scale(one.cacheWrite, by), output: scale(one.output, by) },
            ...{ toolUse: scale(one.toolUse, by), other: one.other * by },
          })),
          ...{ requests: small.requests * by, attempts: small.attempts * by },
        };
        only('volume', grows ? small : big, grows ? big : small);
      }),
    );
  });

  it('is volume alone where calls are as many and each is longer', () => {
    fc.assert(
      fc.property(busy, fc.bigInt({ min: 1n, max: 40n }), (before, by) => {
        const longer = each(before, (one) => ({
          ...one,
          ...{ input: scale(one.input, by), cachedInput: scale(one.cachedInput, by) },
          ...{ cacheWrite: scale(one.cacheWrite, by), output: scale(one.output, by), toolUse: scale(one.toolUse, by) },
        }));
        only('volume', before, longer);
      }),
    );
  });

  const model = (of: Partial<Line>): Line => ({
    ...{ provider: 'main', model: 'm', priced: 100n, other: 0n },
    ...{ input: zero, cachedInput: zero, cacheWrite: zero, output: zero, toolUse: zero },
    ...of,
  });
  const zero: Used = { tokens: 0n, spend: 0n };
  const usd = 10n ** 12n;
  const at = (tokens: bigint, rate: bigint): Used => ({ tokens, spend: tokens * rate });
  const oneLine = (of: Partial<Line>, requests = 100n): Book => {
    const only = model(of);
    return { requests, attempts: only.priced, lines: [only] };
  };

  it('is retries alone where the same requests took more attempts', () => {
    only('retries', oneLine({ input: at(1_000n, 5n) }), oneLine({ priced: 130n, input: at(1_300n, 5n) }));
  });

  it('is cache hits alone where as much is read, and less of it from the cache', () => {
    const before = oneLine({ input: at(200n, 100n), cachedInput: at(800n, 10n), output: at(50n, 400n) });
    const after = oneLine({ input: at(900n, 100n), cachedInput: at(100n, 10n), output: at(50n, 400n) });
    only('cache_hit', before, after);
    expect(explain('cache_hit', before, after, decompose(before, after))).toContain('from 80 % to 10 %');
  });

  it('is mix alone where calls moved to another model', () => {
    const two = (cheap: bigint, dear: bigint): Book => ({
      ...{ requests: 100n, attempts: 100n },
      lines: [
        model({ model: 'cheap', priced: cheap, output: at(cheap * 10n, usd) }),
        model({ model: 'dear', priced: dear, output: at(dear * 10n, 20n * usd) }),
      ],
    });
    only('mix', two(80n, 20n), two(20n, 80n));
    only('mix', two(100n, 0n), { requests: 100n, attempts: 100n, lines: [two(0n, 100n).lines[1] as Line] });
  });

  it('is other charges alone where a call costs a fee beside its tokens', () => {
    only('other', oneLine({ input: at(10n, 5n) }), oneLine({ input: at(10n, 5n), other: 7n * usd }));
  });

  it('calls it unpriced where calls lost their price, and not a saving of volume', () => {
    const before = oneLine({ input: at(1_000n, 5n) });
    const after = { ...oneLine({ priced: 40n, input: at(400n, 5n) }), attempts: 100n };
    only('unpriced', before, after);
    only('unpriced', after, before);
    expect(explain('unpriced', before, after, decompose(before, after))).toContain(
      '60 of 100 calls have no known price',
    );
    const none = { ...oneLine({ priced: 0n }), attempts: 100n };
    only('unpriced', none, before);
    only('unpriced', before, none);
  });

  it('rounds half a digit alike, whether it was one amount or added up of thirds', () => {
    const names = ['a', 'b', 'c'];
    const tiny = (priced: bigint, spent: bigint): Book => ({
      ...{ requests: priced * 3n, attempts: priced * 3n },
      lines: names.map((name) => model({ model: name, priced, input: { tokens: priced, spend: spent } })),
    });
    const { effects } = decompose(tiny(6n, 1n), tiny(1n, 0n));
    expect(effects).toMatchObject({ volume: -2n, mix: 0n, price: -1n });
  });

  it('is no price change where amounts are there before their calls', () => {
    const known = model({ input: at(1_000n, 5n) });
    const early = model({ priced: 0n, input: { tokens: 0n, spend: 7n } });
    const other = model({ model: 'n', input: at(1_000n, 5n) });
    const book = (...of: Line[]): Book => {
      const attempts = sumOver(of, ({ priced }) => priced);
      return { requests: attempts, attempts, lines: of };
    };
    expect(decompose(book(known, other), book(early, other)).effects.price).toBe(0n);
  });

  it('is volume where there was nothing before, or is nothing after', () => {
    const nothing: Book = { requests: 0n, attempts: 0n, lines: [] };
    const some = oneLine({ input: at(1_000n, 5n), other: 3n });
    only('volume', nothing, some);
    only('volume', some, nothing);
  });

  it('is said in whole sentences with both figures, whatever happened', () => {
    fc.assert(
      fc.property(book, book, (before, after) => {
        const decomposed = decompose(before, after);
        for (const kind of EFFECT_KINDS) {
          const sentence = explain(kind, before, after, decomposed);
          expect(sentence).toMatch(/^[A-Z0-9a-c].*\.$/);
          expect(sentence).not.toMatch(/NaN|Infinity|undefined|null/);
        }
      }),
    );
  });
});

import { DIFFERENCE_KEYS, formatUsd, parseUsd } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tally } from './tally.js';

const usd = fc.integer({ min: 0, max: 999_999_999 }).map((pico) => formatUsd(BigInt(pico) * 1_000n + 1n));
const charged = fc
  .record({
    amounts: fc.dictionary(fc.constantFrom('input', 'output', 'request'), usd, { minKeys: 1 }),
    known: fc.boolean(),
  })
  .map(({ amounts, known }) => ({
    total: known ? formatUsd(Object.values(amounts).reduce((sum, amount) => sum + parseUsd(amount), 0n)) : null,
    lines: JSON.stringify(Object.entries(amounts).map(([bucket, amount]) => ({ bucket, amount }))),
  }));
const changes = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 }), charged, charged), { maxLength: 30 });
const sumOf = (lines: readonly { difference: string }[]) =>
  formatUsd(lines.reduce((sum, { difference }) => sum + parseUsd(difference), 0n));

test('every split adds up to the difference to the last digit, wherever the work was handed over', () => {
  fc.assert(
    fc.property(changes, fc.nat({ max: 30 }), (list, cut) => {
      const whole = new Tally(null);
      let parts = new Tally(null);
      for (const [index, [provider, model, before, after]] of list.entries()) {
        if (index === cut) parts = new Tally(parts.difference);
        const names = { provider: `p${provider}`, model: `m${model}` };
        for (const tally of [whole, parts]) tally.change({ ...before, ...names }, { ...after, ...names });
      }
      const { difference } = whole;
      expect(parts.difference).toEqual(difference);
      expect(difference.eventsChanged).toBe(list.length);
      expect(difference.newlyPriced).toBe(
        list.filter(([, , was, is]) => was.total === null && is.total !== null).length,
      );
      for (const split of [difference.byProvider, difference.byModel, difference.byBucket]) {
        expect(sumOf(split)).toBe(difference.difference);
      }
    }),
    { numRuns: 300 },
  );
});

test('keys beyond the limit are added up in one line', () => {
  const tally = new Tally(null);
  for (let model = 0; model < DIFFERENCE_KEYS + 5; model++) {
    const row = { provider: 'p', model: `m${model}`, lines: '[]' };
    tally.change({ ...row, total: '0' }, { ...row, total: '1' });
  }
  const { byModel, difference } = tally.difference;
  expect(byModel).toHaveLength(DIFFERENCE_KEYS + 1);
  expect(byModel.at(-1)).toEqual({ key: '', other: true, events: 5, before: '0', after: '5', difference: '5' });
  expect(sumOf(byModel)).toBe(difference);
});

test('a model that is named with a zero byte is kept in a form that can be stored', () => {
  const row = { provider: 'p', model: 'm\0', lines: '[]' };
  const tally = new Tally(null);
  tally.change({ ...row, total: '1' }, { ...row, total: '3' });
  const gone = new Tally(tally.difference);
  gone.change({ ...row, total: '1' }, { ...row, total: '3' });
  expect(gone.difference.byModel).toEqual([
    { key: 'm\ufffd', other: false, events: 2, before: '2', after: '6', difference: '4' },
  ]);
});

import type { Book, Line } from '../change/book.js';
import { spendOf, tokensOf } from '../change/book.js';
import { decompose, type EffectKind, keyOf } from '../change/decompose.js';
import { attemptsOf, explain, hitRateOf } from '../change/explain.js';
import { count, percent, ratio, share } from '../change/wording.js';

/** What lies behind an outlier: the app and model to look at, and a sentence. */
export interface Cause {
  readonly app: string;
  readonly model: string;
  readonly text: string;
}

/**
 * Compares a day with the `days` before it taken together. In both books `provider` of a line is an app.
 * null = the day holds no calls any more.
 */
export function causeOf(before: Book, day: Book, days: bigint): Cause | null {
  const was = new Map(before.lines.map((line) => [keyOf(line), line]));
  const excess = (line: Line) =>
    spendOf(line) * days - (was.has(keyOf(line)) ? spendOf(was.get(keyOf(line)) as Line) : 0n);
  const [top] = [...day.lines].sort((a, b) => (excess(b) > excess(a) ? 1 : excess(b) < excess(a) ? -1 : 0));
  if (!top) return null;
  const { provider: app, model } = top;
  const named = `app \`${app}\` on \`${model || 'unknown model'}\``;
  const usual = was.get(keyOf(top));
  if (!usual || spendOf(usual) === 0n) {
    const reason = usual ? 'had cost nothing' : 'is new';
    return { app, model, text: `${named} ${reason}: ${count(top.priced)} calls.` };
  }
  return { app, model, text: sentence(named, top, usual, before, day, days) };
}

function sentence(named: string, top: Line, usual: Line, before: Book, day: Book, days: bigint): string {
  const scaled = times(day, days);
  const whole = decompose(before, scaled);
  const kind = strongest(whole.effects);
  switch (kind) {
    case 'price':
      return `price: ${explain('price', before, scaled, whole)}`;
    case 'cache_hit': {
      const [from, to] = [hitRateOf(before), hitRateOf(day)];
      return `cache-hit rate ${direction(from, to)} from ${percent(from ?? 0)} to ${percent(to ?? 0)}, most of it in ${named}.`;
    }
    case 'retries':
      return `retries: a request took ${ratio(attemptsOf(day))} attempts, ${ratio(attemptsOf(before))} on the days before, most of it in ${named}.`;
    case 'other':
    case 'unpriced':
      return explain(kind, before, scaled, whole);
    case 'mix':
    case 'volume':
      return volume(named, top, usual, days);
  }
}

const direction = (from: number | null, to: number | null) => ((to ?? 0) < (from ?? 0) ? 'fell' : 'rose');

function strongest(effects: Readonly<Record<EffectKind, bigint>>): EffectKind {
  const [top] = (Object.entries(effects) as [EffectKind, bigint][]).sort(([, a], [, b]) =>
    b > a ? 1 : b < a ? -1 : 0,
  );
  return top?.[0] ?? 'volume';
}

/** More calls, or longer ones: whichever grew more. */
function volume(named: string, top: Line, usual: Line, days: bigint): string {
  const calls = share(top.priced * days, usual.priced);
  const each = (line: Line) => share(tokensOf(line), line.priced);
  const length = each(usual) > 0 ? each(top) / each(usual) : 1;
  const usualCalls = count(Math.round(Number(usual.priced) / Number(days)));
  if (length > calls) {
    return `${named}: calls ${times1(length)} as long (${count(Math.round(each(top)))} tokens a call, ${count(Math.round(each(usual)))} on the days before).`;
  }
  return `${named}: ${times1(calls)} the calls (${count(top.priced)}, ${usualCalls} a day before).`;
}

const times1 = (factor: number) => `${factor >= 10 ? factor.toFixed(0) : factor.toFixed(1)}x`;

/** The same day, so many times over. */
function times(book: Book, by: bigint): Book {
  const scale = (of: Line['input']) => ({ tokens: of.tokens * by, spend: of.spend * by });
  return {
    requests: book.requests * by,
    attempts: book.attempts * by,
    lines: book.lines.map((line) => ({
      ...line,
      ...{ priced: line.priced * by, other: line.other * by },
      ...{ input: scale(line.input), cachedInput: scale(line.cachedInput), cacheWrite: scale(line.cacheWrite) },
      ...{ output: scale(line.output), toolUse: scale(line.toolUse) },
    })),
  };
}

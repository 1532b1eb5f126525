import type { PicoUsd } from '@weir/contracts';
import { type Book, type Line, PROMPT, promptOf, sumOver, tokensOf } from './book.js';
import { type Decomposed, type EffectKind, keyOf } from './decompose.js';
import { count, percent, ratio, share, usd } from './wording.js';

export const METHOD =
  'Spend before is turned into spend after in fixed steps, provider by provider and model by model: the requests made, the attempts each took, ' +
  'the share of attempts that have a price, the share of each model, the tokens a call, the cached share of what was read, ' +
  'the rates, and charges that are not for tokens. Each step is priced at what the steps after it still were before, rounded to the ' +
  '12th decimal and taken from the step before it, so the effects add up to the difference exactly. A model that is new counts ' +
  'at its rates now, as mix. Rates are averages of what was booked: discounts, tiers and overrides count as price. ' +
  'Calls without a known price have no spend in either period; their tokens are taken to be as many a call as those of the same model.';

/** A sentence for each effect, as finance would say it. */
export function explain(kind: EffectKind, before: Book, after: Book, decomposed: Decomposed): string {
  const amount = decomposed.effects[kind];
  switch (kind) {
    case 'volume':
      return volume(before, after, amount);
    case 'mix':
      return mix(before, after, amount);
    case 'cache_hit':
      return cacheHit(before, after, amount);
    case 'retries':
      return retries(before, after, amount);
    case 'price':
      return price(before, after, decomposed);
    case 'other':
      return `Charges that are not for tokens (searches, fees a request) are ${usd(sumOver(after.lines, ({ other }) => other))}, and were ${usd(sumOver(before.lines, ({ other }) => other))}: ${turned(amount)} beyond what the calls explain.`;
    case 'unpriced':
      return unpriced(before, after, amount);
  }
}

const turned = (amount: PicoUsd): string =>
  amount < 0n ? `${usd(-amount)} less` : amount > 0n ? `${usd(amount)} more` : 'no difference';

const tokens = (book: Book) => sumOver(book.lines, tokensOf);
const priced = (book: Book) => sumOver(book.lines, (line) => line.priced);

function volume(before: Book, after: Book, amount: PicoUsd): string {
  const each = (book: Book) => count(Math.round(share(tokens(book), priced(book))));
  const requests = `${count(after.requests)} requests in place of ${count(before.requests)}`;
  return `${requests}, with ${each(after)} tokens a call in place of ${each(before)}: ${turned(amount)} at the former rates and models.`;
}

function mix(before: Book, after: Book, amount: PicoUsd): string {
  const [allBefore, allAfter] = [priced(before), priced(after)];
  const was = new Map(before.lines.map((line) => [keyOf(line), line]));
  const is = new Map(after.lines.map((line) => [keyOf(line), line]));
  const moved = [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => {
      const line = (is.get(key) ?? was.get(key)) as Line;
      const from = share(was.get(key)?.priced ?? 0n, allBefore);
      const to = share(is.get(key)?.priced ?? 0n, allAfter);
      return { line, from, to, by: Math.abs(to - from) };
    })
    .filter(({ by }) => by >= 0.0005)
    .sort((a, b) => b.by - a.by)
    .slice(0, 2);
  if (moved.length === 0) return `Calls are spread over providers and models as before: ${turned(amount)}.`;
  const named = moved.map(
    ({ line, from, to }) => `${nameOf(line)} took ${percent(to)} of the calls, ${percent(from)} before`,
  );
  return `${named.join('; ')}: ${turned(amount)} at the former rates.`;
}

export function hitRateOf(book: Book): number | null {
  const read = sumOver(book.lines, (line) => promptOf(line).tokens);
  return read === 0n
    ? null
    : share(
        sumOver(book.lines, (line) => line.cachedInput.tokens),
        read,
      );
}

function cacheHit(before: Book, after: Book, amount: PicoUsd): string {
  const [was, is] = [hitRateOf(before), hitRateOf(after)];
  if (was === null || is === null)
    return 'Nothing was read in one of the periods, so no cache-hit rate can be compared.';
  const moved =
    percent(was) === percent(is) ? `stayed at ${percent(is)}` : `went from ${percent(was)} to ${percent(is)}`;
  return `The cache-hit rate ${moved} of what was read: ${turned(amount)}, model by model.`;
}

export const attemptsOf = ({ attempts, requests }: Book): number => (requests === 0n ? 1 : share(attempts, requests));

function retries(before: Book, after: Book, amount: PicoUsd): string {
  return `A request took ${ratio(attemptsOf(after))} attempts, ${ratio(attemptsOf(before))} before: ${turned(amount)}.`;
}

function price(before: Book, after: Book, { effects, priceOfModel }: Decomposed): string {
  const amount = turned(effects.price);
  const [top] = [...priceOfModel].sort(([, a], [, b]) => Number(size(b) - size(a)));
  const was = before.lines.find((line) => keyOf(line) === top?.[0]);
  const is = after.lines.find((line) => keyOf(line) === top?.[0]);
  if (!top || top[1] === 0n || !was || !is) return `The same tokens cost as much as before: ${amount}.`;
  const rate = ([...PROMPT, 'output', 'toolUse'] as const)
    .map((kind) => ({ kind, was: was[kind], is: is[kind] }))
    .filter((one) => one.was.tokens > 0n && one.is.tokens > 0n)
    .map((one) => ({
      kind: NAMES[one.kind],
      from: million(one.was),
      to: million(one.is),
      weight: weigh(one.was, one.is),
    }))
    .sort((a, b) => b.weight - a.weight)[0];
  const how = rate ? `, for example ${rate.kind} at ${usd(rate.to)} a million tokens, ${usd(rate.from)} before` : '';
  return `The same tokens cost ${amount}. ${nameOf(is)} made ${turned(top[1])} of it${how}.`;
}

const NAMES = {
  input: 'input',
  cachedInput: 'cached input',
  cacheWrite: 'cache writes',
  output: 'output',
  toolUse: 'tool use',
};
const size = (amount: PicoUsd) => (amount < 0n ? -amount : amount);
type Used = Line['input'];
const million = ({ tokens: used, spend }: Used): PicoUsd => (spend * 1_000_000n) / used;
const weigh = (was: Used, is: Used): number => Number(size(million(is) - million(was)) * is.tokens);

function unpriced(before: Book, after: Book, amount: PicoUsd): string {
  const missing = (book: Book) => `${count(book.attempts - priced(book))} of ${count(book.attempts)} calls`;
  return `${missing(after)} have no known price, ${missing(before)} before. What they cost is not in these figures: spend looks ${amount < 0n ? `${usd(-amount)} lower` : `${usd(amount)} higher`} for it.`;
}

function nameOf({ provider, model }: Line): string {
  return `${model || 'an unknown model'} of ${provider}`;
}

import type { PicoUsd } from '@weir/contracts';
import { type Book, type Line, PROMPT, promptOf, spendOf, sumOver, type Used } from './book.js';

/** Why spend changed. `other` and `unpriced` are listed only where they are not zero. */
export const EFFECT_KINDS = ['volume', 'mix', 'cache_hit', 'retries', 'price', 'other', 'unpriced'] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

export interface Decomposed {
  /** Add up to the spend after minus the spend before, exactly. */
  readonly effects: Readonly<Record<EffectKind, PicoUsd>>;
  /** Of every model that was used before and after, by `keyOf`. */
  readonly priceOfModel: ReadonlyMap<string, PicoUsd>;
}

export const keyOf = ({ provider, model }: Pick<Line, 'provider' | 'model'>): string => `${provider}\n${model}`;

/** 24 places beyond those of money, so that a ratio such as 1/3 is lost nowhere before the end. */
const FINE = 10n ** 24n;
/** Sums of cut-off thirds miss a half by less than this, and must round as the half does. */
const NEARLY = 10n ** 12n;

const fine = (amount: PicoUsd): bigint => amount * FINE;
const times = (value: bigint, of: bigint, by: bigint): bigint => (value * of) / by;

/** To the 12th place, halves up. */
function round(value: bigint): PicoUsd {
  const raised = value + FINE / 2n + NEARLY;
  return raised >= 0n ? raised / FINE : -((-raised + FINE - 1n) / FINE);
}

/** The same book seven times, with one thing more as it is after; the differences are the effects. */
interface Steps {
  requests: bigint;
  attempts: bigint;
  priced: bigint;
  mixed: bigint;
  sized: bigint;
  cached: bigint;
  repriced: bigint;
}

/**
 * Goes from one book to the other in fixed steps and names what each changes: requests made, attempts a request, share of
 * attempts with a price, share of each model, tokens a call, cached share of what was read, rates, all other charges.
 * Each step is rounded to the 12th decimal and taken from the one before, so that nothing is left over.
 */
export function decompose(before: Book, after: Book): Decomposed {
  const [start, end] = [sumOver(before.lines, spendOf), sumOver(after.lines, spendOf)];
  const { steps, priceOfModel } = walk(before, after, fine(start), fine(end));
  const at = Object.fromEntries(
    Object.entries(steps).map(([step, value]: [string, bigint]) => [step, round(value)]),
  ) as unknown as Steps;
  return {
    effects: {
      volume: at.requests - start + (at.sized - at.mixed),
      retries: at.attempts - at.requests,
      unpriced: at.priced - at.attempts,
      mix: at.mixed - at.priced,
      cache_hit: at.cached - at.sized,
      price: at.repriced - at.cached,
      other: end - at.repriced,
    },
    priceOfModel,
  };
}

function walk(
  before: Book,
  after: Book,
  start: bigint,
  end: bigint,
): { steps: Steps; priceOfModel: Map<string, PicoUsd> } {
  const pricedBefore = sumOver(before.lines, ({ priced }) => priced);
  const pricedAfter = sumOver(after.lines, ({ priced }) => priced);
  if (pricedBefore === 0n) {
    // Nothing to scale: calls that came new are volume, calls that were there without a price are not.
    const first = before.attempts === 0n ? end : 0n;
    const steps = { requests: first, attempts: first, priced: end, mixed: end, sized: end, cached: end, repriced: end };
    return { steps, priceOfModel: new Map() };
  }
  const steps: Steps = {
    requests: times(start, after.requests, before.requests),
    attempts: times(start, after.attempts, before.attempts),
    priced: times(start, pricedAfter, pricedBefore),
    ...{ mixed: 0n, sized: 0n, cached: 0n, repriced: 0n },
  };
  const former = new Map(before.lines.map((line) => [keyOf(line), line]));
  const priceOfModel = new Map<string, PicoUsd>();
  for (const line of after.lines) {
    const was = former.get(keyOf(line));
    const own = stepsOf(was && was.priced > 0n ? was : null, line);
    steps.mixed += own.mixed;
    steps.sized += own.sized;
    steps.cached += own.cached;
    steps.repriced += own.repriced;
    priceOfModel.set(keyOf(line), round(own.repriced) - round(own.cached));
  }
  return { steps, priceOfModel };
}

/** A model that nothing is known of before counts as what it costs now: all of it is mix. */
function stepsOf(was: Line | null, is: Line): Pick<Steps, 'mixed' | 'sized' | 'cached' | 'repriced'> {
  if (!was || is.priced === 0n) {
    const whole = fine(spendOf(is));
    return { mixed: whole, sized: whole, cached: whole, repriced: whole };
  }
  const other = times(fine(was.other), is.priced, was.priced);
  const mixed = times(fine(spendOf(was)), is.priced, was.priced);
  const [promptWas, promptIs] = [promptOf(was), promptOf(is)];
  const rest = other + scaled(was.output, is.output) + scaled(was.toolUse, is.toolUse);
  const sized = rest + scaled(promptWas, promptIs);
  const cached =
    rest +
    (promptWas.tokens === 0n
      ? fine(promptIs.spend)
      : PROMPT.reduce((sum, kind) => sum + scaled(was[kind], is[kind]), 0n));
  const repriced = other + fine(promptIs.spend + is.output.spend + is.toolUse.spend);
  return { mixed, sized, cached, repriced };
}

/** What tokens would have cost at the rate before; at their own where there is none. */
function scaled(was: Used, is: Used): bigint {
  return was.tokens === 0n ? fine(is.spend) : times(fine(was.spend), is.tokens, was.tokens);
}

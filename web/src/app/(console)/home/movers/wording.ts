import { compareDecimals, toScaled } from '../../../../decimal';
import { usd, usdSigned } from '../../../../format';
import { knownSpend, type PartlyKnown } from '../../usage/known-spend';

interface Effect {
  readonly kind: string;
  /** Exact decimal, USD. */
  readonly amount: string;
}

const KIND_LABELS: Readonly<Record<string, string>> = {
  volume: 'volume',
  mix: 'model mix',
  cache_hit: 'cache hits',
  retries: 'retries',
  price: 'price',
  unpriced: 'unpriced calls',
  other: 'everything else',
};

const size = (amount: string) => amount.replace('-', '');

/** `volume +$3.10, price -$0.20`: those that moved anything, biggest first. */
export function effectsText(effects: readonly Effect[]): string {
  return effects
    .filter(({ amount }) => toScaled(amount) !== 0n)
    .toSorted((a, b) => compareDecimals(size(b.amount), size(a.amount)))
    .map(({ kind, amount }) => `${KIND_LABELS[kind] ?? kind} ${usdSigned(amount)}`)
    .join(', ');
}

/** Of two weeks that cost the same, as far as it is known. */
export function stayedText(after: PartlyKnown): string {
  const spend = knownSpend(after);
  return spend === null ? 'What these weeks cost is unknown' : `Spend stayed at ${usd(spend)}`;
}

interface Amounts {
  readonly before: string;
  readonly after: string;
  readonly unpricedBefore: number;
  readonly unpricedAfter: number;
  readonly isNew: boolean;
  readonly isGone: boolean;
}

/** `$2.00 to $3.10`, or that it is new or gone. */
export function fromToText({ before, after, unpricedBefore, unpricedAfter, isNew, isGone }: Amounts): string {
  const was = usd(knownSpend({ spend: before, unpricedCalls: unpricedBefore }));
  const is = usd(knownSpend({ spend: after, unpricedCalls: unpricedAfter }));
  if (isNew) return `new, ${is}`;
  if (isGone) return `gone, was ${was}`;
  return `${was} to ${is}`;
}

/** Whether anything moved by any amount. */
export const hasMoved = ({ difference }: { readonly difference: string }): boolean => toScaled(difference) !== 0n;

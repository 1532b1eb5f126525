import { compareDecimals, toScaled } from '../../../../decimal';
import { usd, usdSigned } from '../../../../format';

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

interface Amounts {
  readonly before: string;
  readonly after: string;
  readonly isNew: boolean;
  readonly isGone: boolean;
}

/** `$2.00 to $3.10`, or that it is new or gone. */
export function fromToText({ before, after, isNew, isGone }: Amounts): string {
  if (isNew) return `new, ${usd(after)}`;
  if (isGone) return `gone, was ${usd(before)}`;
  return `${usd(before)} to ${usd(after)}`;
}

/** Whether anything moved by any amount. */
export const hasMoved = ({ difference }: { readonly difference: string }): boolean => toScaled(difference) !== 0n;

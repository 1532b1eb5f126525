import { fromScaled, sumDecimals, toScaled } from '../../../decimal';
import type { Line } from './receipt';

const PER_RATE = 1_000_000n;

/** quantity x rate / 1,000,000, exactly; null while a factor is not known or the product needs more than 12 places. */
export function productOf({ quantity, usdPerMillion }: Pick<Line, 'quantity' | 'usdPerMillion'>): string | null {
  if (usdPerMillion === null) return null;
  const product = BigInt(quantity) * toScaled(usdPerMillion);
  return product % PER_RATE === 0n ? fromScaled(product / PER_RATE) : null;
}

/** Whether the amount is what its own quantity and rate make; a line without a rate has nothing to check. */
export function isRight(line: Pick<Line, 'quantity' | 'usdPerMillion' | 'amount'>): boolean {
  if (line.usdPerMillion === null || line.amount === null) return true;
  const product = productOf(line);
  return product !== null && toScaled(product) === toScaled(line.amount);
}

export interface Check {
  /** Of the amounts that are known. */
  readonly sum: string;
  /** Every line is its quantity x rate, and all of them add up to the total. */
  readonly addsUp: boolean;
}

/** Adds the lines up anew, here, from what is on screen. `rest` is the amount of lines that are not listed. */
export function checkOf(lines: readonly Line[], total: string, rest = '0'): Check {
  const sum = sumDecimals([...lines.flatMap(({ amount }) => amount ?? []), rest]);
  return { sum, addsUp: lines.every(isRight) && toScaled(sum) === toScaled(total) };
}

/** Digits after the point, without the zeros at the end. */
const placesOf = (amount: string): number => fromScaled(toScaled(amount)).split('.')[1]?.length ?? 0;

const FEWEST_PLACES = 2;

/** As many places as the amount with most digits needs, so that a column aligns at its point. */
export function placesFor(amounts: readonly (string | null)[]): number {
  return Math.max(FEWEST_PLACES, ...amounts.map((amount) => (amount === null ? 0 : placesOf(amount))));
}

import { formatUsd, type PicoUsd, parseUsd } from '@weir/contracts';

/** Rates are stated with at most 6 places, so that any quantity of them comes to at most 12. */
const STEP: PicoUsd = 1_000_000n;
const ONE = 10n ** 12n;

/**
 * A rate per 1,000,000 in another currency as one in USD, rounded half to even to 6 places.
 * @param usdPerUnit what a unit of the currency is worth, at most 12 places
 */
export function toUsd(perMillion: string, usdPerUnit: string): string {
  const exact = parseUsd(perMillion) * parseUsd(usdPerUnit);
  return formatUsd(halfEven(exact, ONE * STEP) * STEP);
}

/** @param dividend and `divisor` from 0 and 1 */
export function halfEven(dividend: bigint, divisor: bigint): bigint {
  const [quotient, twice] = [dividend / divisor, (dividend % divisor) * 2n];
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

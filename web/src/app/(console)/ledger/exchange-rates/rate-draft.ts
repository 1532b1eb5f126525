import { fromScaled, toScaled } from '../../../../decimal';

const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^\d{1,9}(\.\d{1,12})?$/;
const HUNDRED = 100n;

/** `eur ` as the code it means. */
export function currencyOf(typed: string): string {
  return typed.trim().toUpperCase();
}

/** What is wrong with a currency; null = it may be saved, or nothing was typed. */
export function currencyProblem(typed: string): string | null {
  const currency = currencyOf(typed);
  if (currency === '') return null;
  if (!CURRENCY.test(currency)) return 'Use the three-letter ISO 4217 code, for example EUR.';
  return currency === 'USD' ? 'Everything is counted in USD already.' : null;
}

/** What is wrong with a rate; null = it may be saved, or nothing was typed. */
export function rateProblem(typed: string): string | null {
  const text = typed.trim();
  if (text === '') return null;
  if (/,/.test(text)) return 'Write the decimals after a point, without separators.';
  if (!RATE.test(text)) return 'Enter a number such as 1.0842, with at most 12 decimal places.';
  return toScaled(text) === 0n ? 'A rate is above 0.' : null;
}

/** What 100 units are in USD, for a look at whether the rate is the right way round; null while it is none. */
export function hundredUnits(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || rateProblem(text) !== null) return null;
  return fromScaled(toScaled(text) * HUNDRED);
}

/** A rate about as far below one as the last one is above it, or the other way round, was likely typed upside down. */
export function looksInverted(typed: string, last: string | null): boolean {
  const text = typed.trim();
  if (last === null || text === '' || rateProblem(text) !== null) return false;
  const [now, before] = [Number(text), Number(last)];
  const apart = (a: number, b: number) => Math.abs(a / b - 1);
  return apart(now, 1 / before) < 0.05 && apart(now, before) > 0.05;
}

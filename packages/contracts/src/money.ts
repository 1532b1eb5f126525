/**
 * Exact money: US dollars as an integer count of 10^-12 USD ("pico-dollars"), the scale of
 * ClickHouse's `Decimal(38,12)`. Text form is a plain decimal, never exponent notation.
 */
export type PicoUsd = bigint;

const SCALE = 12;
const ONE_USD: PicoUsd = 10n ** BigInt(SCALE);
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Parses a decimal string such as `0.0000012345`. @throws RangeError when it is no decimal or needs more than 12 places. */
export function parseUsd(text: string): PicoUsd {
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal amount: ${JSON.stringify(text)}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > SCALE) throw new RangeError(`more than ${SCALE} decimal places: ${text}`);
  const value = BigInt(whole) * ONE_USD + BigInt(kept.padEnd(SCALE, '0'));
  return sign ? -value : value;
}

/** Formats without loss and without trailing zeros: `1500000000000n` -> `1.5`. */
export function formatUsd(amount: PicoUsd): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -SCALE)}${fraction ? `.${fraction}` : ''}`;
}

/**
 * quantity x rate, exactly. `ratePerMillion` is USD per 1,000,000 units.
 * @throws RangeError when the product needs more than 12 decimal places (a rate with more than 6).
 */
export function priceOf(quantity: bigint, ratePerMillion: PicoUsd): PicoUsd {
  const product = quantity * ratePerMillion;
  if (product % 1_000_000n !== 0n) throw new RangeError('amount needs more than 12 decimal places');
  return product / 1_000_000n;
}

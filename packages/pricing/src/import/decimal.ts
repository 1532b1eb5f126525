const PLACES = 6;
/** A double holds 15 to 17 significant digits; a price that needs so many is a quotient that was cut off, not a price. */
const CUT_OFF_DIGITS = 15;

/**
 * The decimal a float was written as: its shortest text that reads back as the same float, times 10^`shift`.
 * A cut-off quotient (1/12 = 0.08333333333333333) is rounded half up to six places, the finest a rate can have.
 * @throws RangeError for anything else that needs more than six places, or is no finite number >= 0
 */
export function exactDecimal(value: number, shift = 0): string {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`not a price: ${value}`);
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = BigInt(whole + fraction);
  const places = fraction.length - Number(exponent) - shift;
  return format(places > PLACES ? toSixPlaces(digits, places, value) : digits * 10n ** BigInt(PLACES - places));
}

function toSixPlaces(digits: bigint, places: number, value: number): bigint {
  const divisor = 10n ** BigInt(places - PLACES);
  if (digits % divisor === 0n) return digits / divisor;
  if (digits.toString().length < CUT_OFF_DIGITS) {
    throw new RangeError(`a price with more than ${PLACES} decimal places: ${value}`);
  }
  return (digits + divisor / 2n) / divisor;
}

function format(millionths: bigint): string {
  const text = millionths.toString().padStart(PLACES + 1, '0');
  const fraction = text.slice(-PLACES).replace(/0+$/, '');
  return text.slice(0, -PLACES) + (fraction ? `.${fraction}` : '');
}

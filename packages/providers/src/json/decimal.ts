const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A JSON number's own digits as a plain decimal without exponent, so that no float rounds them: `1.4e-05` becomes
 * `0.000014`. Null for anything but a number of zero or more whose plain form has at most `maxLength` characters.
 */
export function plainDecimal(text: string, maxLength: number): string | null {
  const match = NUMBER.exec(text);
  if (!match || match[1] === '-') return null;
  const [, , whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (Math.abs(point) > maxLength || digits.length > maxLength) return null;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const split = Math.max(point, 1);
  const integer = padded.slice(0, split).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(split);
  const plain = rest ? `${integer}.${rest}` : integer;
  return plain.length <= maxLength ? plain : null;
}

/**
 * Cells a spreadsheet would run as a formula: after any blanks, at the start of the cell or of one of its lines.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /(^|[\r\n])[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 text. Numbers are given as exact text, so that no digit is lost. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

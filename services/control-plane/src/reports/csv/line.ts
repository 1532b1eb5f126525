import type { ReportColumn, ReportRow } from '@weir/clickhouse';
import { withOffset } from '../zone.js';

/**
 * Where a spreadsheet would begin a formula: at the start of a cell or of one of its lines, and behind what may end a cell
 * where lists are separated otherwise, after any blanks. https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /(^|[\r\n\t;])([ \u00a0\u3000]*)([=+\-@\uff1d\uff0b\uff0d\uff20])/g;
/** These alone count as the start of one. */
const LEADING_CONTROL = /^[\t\r\n]/;

/** A text that no spreadsheet runs: an apostrophe makes it one. Quoted as RFC 4180 wants it. */
export function textCell(text: string): string {
  const inert = text.replace(FORMULA, "$1'$2$3");
  const safe = LEADING_CONTROL.test(inert) ? `'${inert}` : inert;
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Byte order mark, by which Excel knows UTF-8, and the names of the columns. */
export function csvHead(columns: readonly ReportColumn[]): string {
  return `\ufeff${columns.map(({ name }) => textCell(name)).join(',')}\r\n`;
}

/** Numbers are exact text already and stay as they are; instants show the clock of the zone. */
export function csvLine(row: ReportRow, columns: readonly ReportColumn[], timeZone: string): string {
  const cells = row.map((value, index) => {
    switch (columns[index]?.kind) {
      case 'instant':
        return withOffset(Number(value), timeZone);
      case 'text':
        return textCell(value);
      default:
        return value;
    }
  });
  return `${cells.join(',')}\r\n`;
}

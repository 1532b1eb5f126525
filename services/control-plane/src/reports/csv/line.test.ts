import { reportColumns } from '@weir/clickhouse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvHead, csvLine, textCell } from './line.js';

/** A cell as RFC 4180 reads it back. */
const read = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

describe('a text', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ['@SUM(A1:A2)', "'@SUM(A1:A2)"],
    ['  =1', "'  =1"],
    ['\t=1', `"'\t'=1"`],
    ['\r=1', `"'\r'=1"`],
    ['＝1+1', "'＝1+1"],
    ['a\n=1', `"a\n'=1"`],
    ['a;=1', `"a;'=1"`],
    ['say "=1"', '"say ""=1"""'],
    ['a,b', '"a,b"'],
    ['gpt-4o', 'gpt-4o'],
    ['team@example.com', 'team@example.com'],
    ['', ''],
    [' x ', '" x "'],
  ])('%j becomes %j', (text, cell) => {
    expect(textCell(text)).toBe(cell);
  });

  it('never begins a formula, wherever a spreadsheet may cut it', () => {
    const nasty = fc.string({ unit: fc.constantFrom(...STARTS, ' ', '"', ',', ';', 'a', "'", '1'), maxLength: 12 });
    fc.assert(
      fc.property(nasty, (text) => {
        const value = read(textCell(text));
        for (const part of value.split(/[;\t\r\n]/)) expect(part).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
        expect(value).not.toMatch(/^[\t\r\n]/);
      }),
    );
  });

  it('comes back as it was, but for the apostrophes that make it one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        expect(read(textCell(text)).replaceAll("'", '')).toBe(text.replaceAll("'", ''));
      }),
    );
  });
});

describe('a line', () => {
  const columns = reportColumns({ dimensions: ['provider'], tagKeys: ['=team'] });

  it('has names that are safe, behind the mark by which Excel knows UTF-8', () => {
    const head = csvHead(columns);
    expect(head.startsWith('\ufeffperiod_start,provider,provider_name,tag_=team,calls,')).toBe(true);
    expect(head.endsWith('spend_usd\r\n')).toBe(true);
  });

  it('keeps every digit and sign of a number', () => {
    const figures = columns
      .slice(4)
      .map(({ kind }) => (kind === 'usd' ? '-12345678901234567890.000000000001' : '9007199254740993'));
    const line = csvLine(['1790812800000', '-1', '=x', '+y', ...figures], columns, 'Asia/Kolkata');
    expect(line).toBe(`2026-10-01T05:30:00+05:30,'-1,'=x,'+y,${figures.join(',')}\r\n`);
  });
});

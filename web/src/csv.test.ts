import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

const one = (text: string) => toCsv([[text]]).slice(0, -2);

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '  =1',
    '\u00a0=1',
    'ok\n=1',
    '=HYPERLINK("http://x")',
    '＝1+1',
    '--1',
    '-',
    '-1e5',
  ])('%j cannot run in a spreadsheet', (text) => {
    expect(one(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it.each(['gpt-4o', '0.000000000001', '-12.5', '12345678901234567890.123456789012', 'a@b', '1=1', ''])(
    '%j is left as it is',
    (text) => {
      expect(one(text)).toBe(text);
    },
  );

  it('quotes commas, quotes and line breaks as RFC 4180 says', () => {
    expect(toCsv([['a,b', 'say "hi"', 'x\ny'], ['1']])).toBe('"a,b","say ""hi""","x\ny"\r\n1\r\n');
  });
});

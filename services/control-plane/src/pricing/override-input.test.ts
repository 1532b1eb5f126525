import { expect, test } from 'vitest';
import { parseModel, parseRates } from './override-input.js';

const one = (usdPerMillion: string, bucket = 'input') => parseRates([{ bucket, usdPerMillion }]);

test('blank, 0 and a positive rate are three different things', () => {
  const rates = parseRates([
    { bucket: 'input', usdPerMillion: '' },
    { bucket: 'output', usdPerMillion: '0' },
    { bucket: 'cached_input', usdPerMillion: ' 0.30 ' },
  ]);
  expect(rates).toEqual({ output: '0', cached_input: '0.3' });
});

test.each([
  ['0.000001', '0.000001'],
  ['1000000', '1000000'],
  ['007.500', '7.5'],
  ['0.0', '0'],
])('%s is kept exactly, as %s', (text, kept) => {
  expect(one(text)).toEqual({ input: kept });
});

test.each([
  ['-1', 'RATE_NEGATIVE'],
  ['-0', 'RATE_NEGATIVE'],
  ['0.0000001', 'RATE_INVALID'],
  ['1e3', 'RATE_INVALID'],
  ['1,5', 'RATE_INVALID'],
  ['.5', 'RATE_INVALID'],
  ['$2', 'RATE_INVALID'],
  ['NaN', 'RATE_INVALID'],
  ['1000000.000001', 'RATE_TOO_HIGH'],
  ['9'.repeat(400), 'RATE_TOO_HIGH'],
])('%s is refused as %s, naming the field', (text, code) => {
  expect(() => one(text)).toThrow(expect.objectContaining({ code, detail: { field: 'rates.input' } }));
});

test('a bucket that is not on a rate card, or named twice, is refused by name', () => {
  expect(() => one('1', 'cache_write_unknown')).toThrow(
    expect.objectContaining({ code: 'BUCKET_UNKNOWN', detail: { field: 'rates.cache_write_unknown' } }),
  );
  const twice = ['1', '2'].map((usdPerMillion) => ({ bucket: 'input', usdPerMillion }));
  expect(() => parseRates(twice)).toThrow(expect.objectContaining({ code: 'BUCKET_TWICE' }));
});

test('a model has a name of at most 255 characters', () => {
  expect(parseModel(' gpt-4o ')).toBe('gpt-4o');
  for (const bad of ['  ', 'm'.repeat(256)]) {
    expect(() => parseModel(bad)).toThrow(expect.objectContaining({ detail: { field: 'model' } }));
  }
});

import { describe, expect, test } from 'vitest';
import { cleanSecretValue, isSameValue, lastFourOf } from './secret-value.js';

describe('a value is taken as it will be sent', () => {
  test.each([
    ['sk-abc', 'sk-abc'],
    ['  sk-abc\n', 'sk-abc'],
    ['\r\nsk-abc\r\n', 'sk-abc'],
    ['\uFEFFsk-abc\u00A0', 'sk-abc'],
    ['two words', 'two words'],
  ])('%j -> %j', (raw, value) => expect(cleanSecretValue(raw, 'value')).toBe(value));

  test.each([
    ['', 'SECRET_EMPTY'],
    [' \n\t ', 'SECRET_EMPTY'],
    ['sk-a\nx-injected: 1', 'SECRET_CHARACTERS'],
    ['sk-a\r\nb', 'SECRET_CHARACTERS'],
    ['sk-a\u0000b', 'SECRET_CHARACTERS'],
    ['sk-a\tb', 'SECRET_CHARACTERS'],
    ['sk-a\u007fb', 'SECRET_CHARACTERS'],
    ['sk-a\u200bb', 'SECRET_CHARACTERS'],
    ['sk-“quoted”', 'SECRET_CHARACTERS'],
    ['schlüssel', 'SECRET_CHARACTERS'],
    ['Bearer sk-abc', 'SECRET_SCHEME'],
    ['k'.repeat(8193), 'SECRET_TOO_LONG'],
  ])('%j is refused with %s', (raw, code) => {
    expect(() => cleanSecretValue(raw, 'secretValue')).toThrow(
      expect.objectContaining({ code, detail: { field: 'secretValue' } }),
    );
  });

  test('no refusal repeats the value', () => {
    for (const raw of ['canary-1234\n5678', 'Bearer canary-12345678', `canary${'k'.repeat(9000)}`]) {
      expect(() => cleanSecretValue(raw, 'value')).toThrow(expect.not.objectContaining({ message: /canary/ }));
    }
  });
});

test.each([
  ['12345678', '5678'],
  ['1234567', '····'],
  ['x', '····'],
])('of %s people see %s', (value, shown) => expect(lastFourOf(value)).toBe(shown));

test('values are compared whole', () => {
  expect(isSameValue('sk-a', 'sk-a')).toBe(true);
  expect(isSameValue('sk-a', 'sk-b')).toBe(false);
  expect(isSameValue('sk-a', 'sk-ab')).toBe(false);
});

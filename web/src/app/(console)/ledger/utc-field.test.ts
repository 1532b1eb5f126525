import { expect, it } from 'vitest';
import { fromField, secondOf, toField } from './utc-field';

it('what a field shows reads back as the same instant, whatever the zone of the browser', () => {
  for (const text of ['2026-11-01T00:00:00.000Z', '2026-11-21T12:34:56.000Z']) {
    expect(fromField(toField(new Date(text)))?.toISOString()).toBe(text);
  }
  expect(toField(new Date('2026-11-01T00:00:00Z'))).toBe('2026-11-01T00:00');
  expect(fromField('')).toBeNull();
  expect(fromField('2026-11-01')).toBeNull();
});

it('fields hold whole seconds', () => {
  expect(secondOf(new Date('2026-11-21T12:34:56.789Z'))).toEqual(new Date('2026-11-21T12:34:56Z'));
});

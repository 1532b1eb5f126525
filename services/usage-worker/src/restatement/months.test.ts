import { expect, test } from 'vitest';
import { monthsOf } from './months.js';

test('a range is cut where one month ends and the next begins, UTC', () => {
  const at = (text: string) => Date.parse(text);
  expect(monthsOf(at('2025-12-31T23:59:59.999Z'), at('2026-02-01T00:00:00.001Z'))).toEqual([
    { from: at('2025-12-31T23:59:59.999Z'), to: at('2026-01-01T00:00:00Z') },
    { from: at('2026-01-01T00:00:00Z'), to: at('2026-02-01T00:00:00Z') },
    { from: at('2026-02-01T00:00:00Z'), to: at('2026-02-01T00:00:00.001Z') },
  ]);
  expect(monthsOf(at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z'))).toHaveLength(1);
});

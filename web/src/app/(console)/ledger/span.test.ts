import { expect, it } from 'vitest';
import { spanText } from './span';

it.each([
  ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 'October 2026, UTC'],
  ['2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z', 'December 2026, UTC'],
  ['2026-11-01T00:00:00Z', '2026-11-06T00:00:00Z', '1 Nov 2026 – 5 Nov 2026, UTC'],
  ['2026-11-03T00:00:00Z', '2026-11-04T00:00:00Z', '3 Nov 2026, UTC'],
  ['2026-11-01T00:00:00Z', '2026-11-21T12:34:00Z', '1 Nov 2026, 00:00 – 21 Nov 2026, 12:34 UTC'],
  ['2026-11-01T00:00:00Z', '2026-11-21T12:34:56Z', '1 Nov 2026, 00:00 – 21 Nov 2026, 12:34:56 UTC'],
])('%s to %s reads %s', (from, to, shown) => {
  expect(spanText(from, to)).toBe(shown);
});

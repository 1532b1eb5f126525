import { expect, it } from 'vitest';
import { NO_OVERRIDE } from './override-draft';
import { overrideInForce, standingOf } from './override-in-force';

const FROM = '2026-11-01T00:00:00Z';
const RATES = [{ bucket: 'input', perMillion: '2' }];
const change = (serviceTier: string | null, until: string | null, rates = RATES) => ({
  ...{ serviceTier, until, rates, from: FROM, currency: 'USD' },
});

it('finds the override of the very tier, and not one for another or for all', () => {
  const history = [change(null, null), change('flex', FROM), change('batch', null)];
  expect(overrideInForce(history, null)).toBe(history[0]);
  expect(overrideInForce(history, 'batch')).toBe(history[2]);
  expect(overrideInForce(history, 'flex')).toBe(NO_OVERRIDE);
});

it('tells what a change counts for', () => {
  expect(standingOf(change(null, null))).toBe('in_force');
  expect(standingOf(change(null, '2026-11-05T00:00:00Z'))).toBe('ended');
  expect(standingOf(change(null, FROM))).toBe('replaced');
  expect(standingOf(change(null, null, []))).toBe('cleared');
});

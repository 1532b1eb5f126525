import { expect, test } from 'vitest';
import { healthOf } from './health';

const well = { notices: [], isFresh: false, isUnknown: false };

test('there is an all-clear only where everything is known and something was called', () => {
  expect(healthOf(well)?.label).toBe('All is well');
  expect(healthOf({ ...well, isFresh: true })?.label).toBe('No call yet');
  expect(healthOf({ ...well, notices: undefined })).toBeNull();
  expect(healthOf({ ...well, isUnknown: true })?.state).toBe('attention');
});

test('the worst is said first', () => {
  const notices = [{ severity: 'attention' as const }, { severity: 'failed' as const }];
  expect(healthOf({ ...well, notices })).toEqual({ state: 'failed', label: '1 provider failing' });
  expect(healthOf({ ...well, notices, isUnknown: true })?.state).toBe('failed');
  expect(healthOf({ ...well, notices: notices.slice(0, 1) })).toEqual({
    state: 'attention',
    label: '1 thing to look at',
  });
});

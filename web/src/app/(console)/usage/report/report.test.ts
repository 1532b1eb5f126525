import { expect, test } from 'vitest';
import { isUnderWay, reportText } from './report';

const report = { state: 'running' as const, progress: 0.4294, rows: 1, bytes: 0, problem: null };

test('a report says how far it is, what it holds, and what to do when there is none', () => {
  expect(reportText(report)).toBe('42 %, 1 row so far');
  expect(reportText({ ...report, progress: 0.9999 })).toBe('99 %, 1 row so far');
  expect(reportText({ ...report, progress: 0, rows: 0 })).toBe('Being worked out');
  expect(reportText({ ...report, state: 'ready', rows: 1204, bytes: 90_214 })).toBe('1,204 rows, 88.1 KiB');
  expect(reportText({ ...report, state: 'failed', problem: 'The store did not answer.' })).toBe(
    'The store did not answer.',
  );
  expect(reportText({ ...report, state: 'failed' })).toContain('Create it again');
  expect(reportText({ ...report, state: 'waiting', problem: 'Waits for the store.' })).toBe('Waits for the store.');
  expect(reportText({ ...report, state: 'expired' })).toContain('create it again');
});

test('only what waits or runs is asked about again', () => {
  const states = ['waiting', 'running', 'ready', 'failed', 'cancelled', 'expired'] as const;
  expect(states.filter((state) => isUnderWay({ state }))).toEqual(['waiting', 'running']);
});

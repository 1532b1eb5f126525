import { expect, it } from 'vitest';
import { connectionState, healthOf } from './health';
import { lastHour } from './use-last-hour';

it('a call the gateway refused says nothing about the upstream', () => {
  expect(healthOf({ calls: 10, failedCalls: 2, refusedCalls: 3 })).toEqual({ asked: 7, failed: 2, refused: 3 });
});

it('the last hour takes in the minute that is running', () => {
  expect(lastHour(new Date('2026-11-21T10:15:30.500Z'))).toEqual({
    from: '2026-11-21T09:16:00.000Z',
    to: '2026-11-21T10:16:00.000Z',
  });
});

it.each([
  ['UNTESTED', { calls: 3, failedCalls: 1, refusedCalls: 0 }, 'ready'],
  ['UNTESTED', { calls: 3, failedCalls: 3, refusedCalls: 0 }, 'untested'],
  ['UNTESTED', { calls: 3, failedCalls: 0, refusedCalls: 3 }, 'untested'],
  ['UNTESTED', null, 'untested'],
  ['FAILING', { calls: 3, failedCalls: 0, refusedCalls: 0 }, 'failing'],
  ['READY', null, 'ready'],
])('%s with the calls %j is %s', (status, totals, state) => {
  expect(connectionState({ status, statusReasons: [] }, totals && healthOf(totals)).state).toBe(state);
});

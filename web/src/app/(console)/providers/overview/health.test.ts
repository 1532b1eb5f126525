import { expect, it } from 'vitest';
import { healthOf } from './health';

const call = (outcome: string, startedAt = '') => ({ outcome, startedAt, errorCode: null });

it('counts what the upstream did, not what the app or the gateway did', () => {
  const calls = [
    call('completed'),
    call('client_closed'),
    call('upstream_timeout', 'b'),
    call('refused'),
    call('upstream_error', 'a'),
  ];
  expect(healthOf(calls)).toMatchObject({ asked: 3, failed: 2, lastFailure: { startedAt: 'b' } });
});

it('has no verdict without calls', () => {
  expect(healthOf([call('refused')])).toEqual({ asked: 0, failed: 0, lastFailure: null });
});

import { expect, it } from 'vitest';
import { failureText } from './failure-text';

it('has the upstream’s own words first, and says what a code of the gateway means', () => {
  const gateway = { errorCode: 'upstream_reset', upstreamErrorCode: null };
  expect(failureText(gateway, null)).toBe('The upstream closed the connection before its answer was whole.');
  const upstream = { errorCode: null, upstreamErrorCode: 'overloaded' };
  expect(failureText(upstream, 'Try later')).toBe('Try later');
  // The same word of an upstream is not the gateway's.
  expect(failureText(upstream, null)).toBe('The upstream’s own code.');
  expect(failureText({ errorCode: 'rate_limited', upstreamErrorCode: null }, '')).toBe('Said by the gateway.');
});

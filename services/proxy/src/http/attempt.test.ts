import { describe, expect, it } from 'vitest';
import { readAttempt } from './attempt.js';
import type { RequestHead } from './head.js';

const CALL = '0199b2a4-7c00-7000-8000-0123456789ab';
const read = (input: Partial<Pick<RequestHead, 'call' | 'attempt' | 'clientRetry'>>) =>
  readAttempt({ call: null, attempt: null, clientRetry: null, ...input } as RequestHead);

describe('attempts', () => {
  it('a request is a call of its own unless its app says otherwise', () => {
    expect(read({})).toEqual({ callId: null, attempt: 1, clientRetry: null });
    expect(read({ call: CALL })).toEqual({ callId: CALL, attempt: 1, clientRetry: null });
    expect(read({ call: ` ${CALL.toUpperCase()} `, attempt: '100' })).toMatchObject({ callId: CALL, attempt: 100 });
  });

  it.each([
    ['no UUID', { call: 'order-17' }, 'x-weir-call'],
    ['a UUID and more', { call: `${CALL}0` }, 'x-weir-call'],
    ['the nil UUID', { call: '00000000-0000-0000-0000-000000000000' }, 'x-weir-call'],
    ['attempt 0', { call: CALL, attempt: '0' }, 'x-weir-attempt'],
    ['attempt 101', { call: CALL, attempt: '101' }, 'x-weir-attempt'],
    ['an attempt that is no number', { call: CALL, attempt: '1e1' }, 'x-weir-attempt'],
    ['an empty attempt', { call: CALL, attempt: '' }, 'x-weir-attempt'],
    ['a negative attempt', { call: CALL, attempt: '-1' }, 'x-weir-attempt'],
    ['an attempt at nothing', { attempt: '2' }, 'x-weir-call'],
  ])('refuses %s and names the header', (_what, input, header) => {
    expect(() => read(input)).toThrow(
      expect.objectContaining({ code: 'request_invalid', message: expect.stringContaining(`“${header}”`) }),
    );
  });

  it.each([
    ['0', 0],
    ['2', 2],
    ['1000', 1000],
    ['1001', null],
    ['-1', null],
    ['twice', null],
    ['', null],
  ])('takes what an SDK says of its retries as it is: %j', (clientRetry, expected) => {
    expect(read({ clientRetry })).toEqual({ callId: null, attempt: 1, clientRetry: expected });
  });
});

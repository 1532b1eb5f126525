import { describe, expect, it } from 'vitest';
import { spoolText } from './receipt';

const DONE = '2026-11-22T10:00:00.000Z';
const spool = { bytes: 0, waitsSince: null, seenAt: DONE };

describe('what a proxy held when an order was done', () => {
  it.each([
    [{ ...spool, state: 'empty' }, 'Nothing'],
    [{ ...spool, state: 'waiting', bytes: 2_048 }, '2.0 KiB'],
    [
      { ...spool, state: 'waiting', bytes: 2_048, waitsSince: '2026-11-22T09:57:00.000Z' },
      '2.0 KiB, the oldest for 3 m 0 s',
    ],
    [{ ...spool, state: 'starting' }, 'Not known: it had just started'],
    [{ ...spool, state: 'silent' }, 'Not known: it is silent. Nothing when it was last heard'],
    [{ ...spool, state: 'silent', bytes: 512 }, 'Not known: it is silent. 512 B when it was last heard'],
  ])('%j: %s', (told, text) => expect(spoolText(told, DONE)).toBe(text));
});

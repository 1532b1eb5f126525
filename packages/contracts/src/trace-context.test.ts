import { describe, expect, it } from 'vitest';
import { parseTraceparent } from './trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const HEADER = `00-${TRACE}-${SPAN}-01`;

describe('where a request stands in its trace', () => {
  it.each<[string, boolean]>([
    [HEADER, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    // Bits that version 00 does not know are none of ours.
    [`00-${TRACE}-${SPAN}-03`, true],
    [`00-${TRACE}-${SPAN}-fe`, false],
    [`cc-${TRACE}-${SPAN}-01`, true],
    [`cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`, true],
  ])('is read of %s', (value, isSampled) => {
    expect(parseTraceparent(value)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled });
  });

  it.each([
    null,
    '',
    `00-${TRACE}-${SPAN}`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE}-${SPAN}-01-`,
    `cc-${TRACE}-${SPAN}-01.more`,
    `0-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-0G`,
    `00-${TRACE}-${SPAN}-1`,
    `00_${TRACE}-${SPAN}-01`,
    `${HEADER}, ${HEADER}`,
    `${HEADER}\n`,
  ])('is not guessed of %j', (value) => {
    expect(parseTraceparent(value)).toBeNull();
  });
});

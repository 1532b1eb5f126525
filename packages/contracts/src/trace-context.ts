import { z } from 'zod';

/** Lower-case hex digits, not all of them 0. */
const TRACE_ID = '(?!0{32})[0-9a-f]{32}';
const SPAN_ID = '(?!0{16})[0-9a-f]{16}';
const WHOLE_TRACE_ID = new RegExp(`^${TRACE_ID}$`);
const WHOLE_SPAN_ID = new RegExp(`^${SPAN_ID}$`);

/** Id of a W3C trace, as it is written everywhere. */
export const traceId = z.string().regex(WHOLE_TRACE_ID);
export const spanId = z.string().regex(WHOLE_SPAN_ID);
export const isTraceId = (text: string): boolean => WHOLE_TRACE_ID.test(text);
export const isSpanId = (text: string): boolean => WHOLE_SPAN_ID.test(text);

/** Where a request stands in its trace, as its `traceparent` says. */
export interface TraceParent {
  readonly traceId: string;
  /** The caller's span. */
  readonly spanId: string;
  /** The caller keeps the trace. */
  readonly isSampled: boolean;
}

const TRACEPARENT = new RegExp(`^(?!ff)([0-9a-f]{2})-(${TRACE_ID})-(${SPAN_ID})-([0-9a-f]{2})(?:$|-)`);
/** Of version 00, and at least of every later one. */
const LENGTH = 55;
const SAMPLED = 0x01;

/**
 * @param value of the header `traceparent`; null = absent
 * @returns null for anything that is no `traceparent` by https://www.w3.org/TR/trace-context/#traceparent-header, whose
 * later versions may append to what version 00 has
 */
export function parseTraceparent(value: string | null): TraceParent | null {
  const match = value === null ? null : TRACEPARENT.exec(value);
  if (match === null) return null;
  const [, version, traceId, spanId, flags] = match as unknown as [string, string, string, string, string];
  if (version === '00' && (value as string).length !== LENGTH) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 };
}

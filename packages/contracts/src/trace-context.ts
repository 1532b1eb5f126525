import { z } from 'zod';

/** Id of a W3C trace, as it is written everywhere: 32 lower-case hex digits, not all of them 0. */
export const traceId = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/);

/** Where a request stands in its trace, as its `traceparent` says. */
export interface TraceParent {
  readonly traceId: string;
  /** The caller's span: 16 lower-case hex digits. */
  readonly spanId: string;
  /** The caller keeps the trace. */
  readonly isSampled: boolean;
}

const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;
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

import { z } from 'zod';
import { WeirError } from './errors.js';
import { framed, frameOf } from './frame.js';
import { uuid } from './ids.js';
import { spanId, traceId } from './trace-context.js';

/** Queue proxies ship spans of agents to, in jobs of the same form as recorded calls. */
export const SPAN_QUEUE = 'spans';

const count = z.number().int().min(0);
const id = z.string().max(255).nullable();
const tokens = z.number().min(0).nullable();

export const SPAN_KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
export const SPAN_STATUSES = ['unset', 'ok', 'error'] as const;
/** What a span is about, whichever convention tells: `model` is one request to a model, `http` what carries one. */
export const SPAN_CATEGORIES = ['agent', 'model', 'tool', 'retrieval', 'http', 'step'] as const;
export type SpanCategory = (typeof SPAN_CATEGORIES)[number];

/** What is kept of one span of an agent. It holds nothing of what was said. */
export const agentSpan = z.object({
  traceId,
  spanId,
  /** null = a root, or its parent is not told. */
  parentSpanId: spanId.nullable(),
  name: z.string().max(255),
  kind: z.enum(SPAN_KINDS),
  category: z.enum(SPAN_CATEGORIES),
  /** UTC epoch, microseconds; the app's clock. */
  startedAtUs: count,
  /** null = its end is not told, or lies before its start. */
  durationMs: z.number().min(0).nullable(),
  status: z.enum(SPAN_STATUSES),
  errorType: id,
  /** `service.name` of the resource. */
  service: id,
  /** As the app states them. */
  conversationId: id,
  user: id,
  agent: id,
  tool: id,
  requestedModel: id,
  servedModel: id,
  /** The upstream's id of its answer. */
  responseId: id,
  /** What Weir answered as `x-weir-request-id`. */
  requestId: uuid.nullable(),
  /** As the app reports them; null = it reports none. */
  inputTokens: tokens,
  outputTokens: tokens,
  /** Names of the conventions; a list is its JSON. */
  attributes: z.record(z.string().max(127), z.string().max(1_023)),
  /** Attributes, events and links that are not kept. */
  leftOut: count,
});
export type AgentSpan = z.infer<typeof agentSpan>;

/** Spans that one app sent together. */
export const spanFrame = z.object({
  v: z.literal(1),
  projectId: uuid,
  environment: z.string().max(63),
  appId: uuid,
  app: z.string().max(253),
  /** UTC epoch ms, the proxy's clock. */
  receivedAt: count,
  spans: z.array(agentSpan).min(1).max(500),
});
export type SpanFrame = z.infer<typeof spanFrame>;

/** @param compress gives the bytes that {@link decodeSpanFrame} is given the way back of, in pieces */
export function encodeSpanFrame(frame: SpanFrame, compress: (bytes: Buffer) => readonly Uint8Array[]): Buffer {
  return frameOf(compress(Buffer.from(JSON.stringify(frame))));
}

/**
 * @param bytes exactly one frame
 * @throws WeirError `SPAN_FRAME_INVALID` where it is not the one that was written
 */
export function decodeSpanFrame(bytes: Buffer, decompress: (bytes: Buffer) => Buffer): SpanFrame {
  const held = framed(bytes, 'SPAN_FRAME_INVALID');
  let json: unknown;
  try {
    json = JSON.parse(decompress(held).toString('utf8'));
  } catch (cause) {
    throw new WeirError('SPAN_FRAME_INVALID', 'the frame holds no JSON', { cause });
  }
  const frame = spanFrame.safeParse(json);
  if (!frame.success) throw new WeirError('SPAN_FRAME_INVALID', z.prettifyError(frame.error));
  return frame.data;
}

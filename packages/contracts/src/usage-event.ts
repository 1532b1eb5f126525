import { z } from 'zod';
import { providerName, uuid } from './ids.js';
import { providerType } from './provider-types.js';
import { traceId } from './trace-context.js';

/**
 * Token meters of one attempt. A key that is present is known; a key that is absent was not stated by the
 * upstream and is unknown, never zero. Parts sum to totals:
 *   everything the upstream read    = input + cachedInput + cacheWrite5m + cacheWrite1h + cacheWriteUnknown
 *   everything the upstream wrote   = output, of which `reasoning` is a part
 * `toolUseInput`, `audioInput`, `imageInput` are parts of `input`; `cachedAudioInput` of `cachedInput`; `audioOutput`,
 * `imageOutput` of `output`.
 */
export const METERS = [
  'input',
  'cachedInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'output',
  'reasoning',
  'toolUseInput',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
  'cachedAudioInput',
] as const;
export type Meter = (typeof METERS)[number];

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const durationMs = z.number().min(0).finite();

export const meters = z.object(
  Object.fromEntries(METERS.map((meter) => [meter, count.optional()])) as Record<Meter, z.ZodOptional<typeof count>>,
);
export type Meters = { [M in Meter]?: number };

export const USAGE_SOURCES = ['reported', 'partial', 'estimated', 'none'] as const;
export type UsageSource = (typeof USAGE_SOURCES)[number];

/** `interrupted`: the proxy itself died while the call was open; the event was written from the journal afterwards. */
export const OUTCOMES = [
  'completed',
  'client_closed',
  'upstream_error',
  'upstream_timeout',
  'refused',
  'interrupted',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What the proxy did with the upstream when the client went away. `cancelled`: broke the request off at once, or had not
 * sent it whole yet. `drained`: read the answer to its end, so its usage is as complete as for a client that stays.
 * `drain_cut`: read on, but the end did not come: the provider's bound, a timeout, the upstream itself or a stop of the
 * proxy was first.
 */
export const ABORT_ACTIONS = ['cancelled', 'drained', 'drain_cut'] as const;
export type AbortAction = (typeof ABORT_ACTIONS)[number];

/** What the proxy changed on the way; a plain relay has none of these but the first. */
export const ALTERATIONS = [
  'credential_replaced',
  'usage_requested',
  'usage_chunk_removed',
  'compression_declined',
  'trace_context_replaced',
] as const;
export type Alteration = (typeof ALTERATIONS)[number];

/**
 * The immutable record of one attempt. Times are UTC epoch milliseconds, durations monotonic milliseconds. Where the
 * client went away, durations, `status` and `responseBytes` end there: what was read on for nobody is in none of them.
 */
export const usageEvent = z.object({
  v: z.literal(1),
  eventId: uuid,
  callId: uuid,
  attempt: z.number().int().min(1),
  projectId: uuid,
  environment: z.string().max(63),

  provider: providerName,
  providerId: uuid.nullable(),
  providerType: providerType.nullable(),
  /** `chat.completions`, `responses`, `embeddings`, `models`, `messages`, `messages.count_tokens` or `opaque`. */
  endpoint: z.string().max(63),
  method: z.string().max(15),
  /** Upstream path without its query. */
  path: z.string().max(2048),
  requestedModel: z.string().max(255).nullable(),
  servedModel: z.string().max(255).nullable(),
  serviceTier: z.string().max(63).nullable(),
  streamed: z.boolean(),

  appId: uuid,
  app: z.string().max(253),
  tokenId: uuid,
  user: z.string().max(255).nullable(),
  agent: z.string().max(255).nullable(),
  tags: z.record(z.string().max(63), z.string().max(255)),
  conversation: z.string().max(255).nullable(),
  /** W3C trace the call is part of; null = the app named none. */
  traceId: traceId.nullable().default(null),

  outcome: z.enum(OUTCOMES),
  /** A refusal code of ours, or the upstream's own error type; null when the call completed. */
  errorCode: z.string().max(127).nullable(),
  /** Status sent to the client; null when the client went away before one was sent. */
  status: z.number().int().min(100).max(599).nullable(),
  upstreamStatus: z.number().int().min(100).max(599).nullable(),
  upstreamRequestId: z.string().max(255).nullable(),

  startedAt: z.number().int().min(0),
  firstByteMs: durationMs.nullable(),
  firstTokenMs: durationMs.nullable(),
  durationMs: durationMs.nullable(),
  /** Time the proxy itself added before the upstream was asked and after it had answered. */
  overheadMs: durationMs.nullable(),
  requestBytes: count,
  responseBytes: count,
  /** null = the client stayed to the end. */
  abortAction: z.enum(ABORT_ACTIONS).nullable().default(null),
  /** Which repeat of the same request this is, as the client's SDK says (`x-stainless-retry-count`); null = it does not. */
  clientRetry: z.number().int().min(0).max(1_000).nullable().default(null),

  meters,
  /** Quantities that are no tokens, for example `webSearches`; same rule for absent keys. */
  otherMeters: z.record(z.string().max(63), count),
  usageSource: z.enum(USAGE_SOURCES),
  /** Name of the tokenizer that counted, for example `o200k_base`; null = nothing is estimated. */
  estimator: z.string().max(63).nullable().default(null),
  /** Which meters are estimates; the others are as the upstream stated them. */
  estimatedMeters: z.array(z.enum(METERS)).default([]),
  /** The upstream's usage object exactly as it was sent (JSON text); null also when it held a credential. */
  rawUsage: z.string().max(65_536).nullable(),
  /** Cost as the upstream itself stated it, a decimal in USD; kept beside ours, never in place of it. */
  providerStatedCostUsd: z.string().max(63).nullable(),
  alterations: z.array(z.enum(ALTERATIONS)),

  snapshotVersion: count,
  proxyId: z.string().max(127),
});
export type UsageEvent = z.infer<typeof usageEvent>;

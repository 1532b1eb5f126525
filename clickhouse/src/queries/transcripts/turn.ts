import { BODY_STATES } from '@weir/contracts';
import { z } from 'zod';

const text = z.string().nullable();
const ms = z.number().nullable();
const names = z.array(z.string());

const body = z.object({
  /** What of it is kept; see `BODY_STATES` of the contracts. */
  state: z.enum(BODY_STATES),
  reason: text,
  contentType: z.string(),
  /** That passed; null = not known. */
  bytes: z.number().nullable(),
  /** That are kept, before compression. */
  keptBytes: z.number(),
  redactions: z.record(z.string(), z.number()),
});
/** What a recorded body was, without what it holds. */
export type BodyFacts = z.output<typeof body>;

/** One recorded attempt, without what was said; null = unknown. Times are UTC epoch ms. */
export const turnRow = z.object({
  eventId: z.string(),
  conversationId: z.string(),
  callId: z.string(),
  attempt: z.number().int(),
  startedAt: z.number().int(),
  environment: z.string(),
  provider: z.string(),
  providerId: z.string(),
  providerType: z.string(),
  endpoint: z.string(),
  path: z.string(),
  requestedModel: text,
  servedModel: text,
  streamed: z.boolean(),
  appId: z.string(),
  app: z.string(),
  user: text,
  agent: text,
  tags: z.record(z.string(), z.string()),
  statedId: text,
  inferredBy: text,
  relation: z.enum(['starts', 'continues', 'forks', 'repeats', 'spawned']),
  parentEventId: text,
  /** The parent's call of a tool that this sub-agent works on. */
  spawnCallId: text,
  agentId: text,
  parentAgentId: text,
  parentSessionId: text,
  traceId: text,
  spanId: text,
  /** The upstream's id of its answer. */
  responseId: text,
  outcome: z.string(),
  errorCode: text,
  status: z.number().nullable(),
  /** As the upstream's answer says it; the message belongs to what was said, and is with the bodies. */
  upstreamErrorCode: text,
  /** `error`, `cut`, `pending`, `unreadable`, `no_answer`; null = the answer was whole, or none was recorded. */
  incompleteReason: text,
  isFailed: z.boolean(),
  awaitsTool: z.boolean(),
  firstTokenMs: ms,
  durationMs: ms,
  inputMessages: z.number().int(),
  /** Of them, how many its parent had already, from the beginning. */
  inputKnown: z.number().int(),
  outputMessages: z.number().int(),
  finishReasons: names,
  nativeFinishReasons: names,
  /** First day it is gone, `YYYY-MM-DD` UTC. */
  expiresOn: z.string(),
  request: body,
  response: body,
});

const BODY = (side: 'request' | 'response') =>
  `CAST((${['state', 'reason', 'content_type', 'bytes', 'kept_bytes', 'redactions'].map((column) => `${side}_${column}`).join(', ')}),
  'Tuple(state String, reason Nullable(String), contentType String, bytes Nullable(UInt64), keptBytes UInt64, redactions Map(String, UInt32))')`;

/** Field -> what it is in transcript_turns_v1, where that is not the field in snake case. */
const SPECIAL: Readonly<Record<string, string>> = {
  eventId: 'toString(t.event_id)',
  conversationId: 'toString(t.conversation_id)',
  callId: 'toString(t.call_id)',
  providerId: 'toString(t.provider_id)',
  appId: 'toString(t.app_id)',
  parentEventId: 'toString(t.parent_event_id)',
  startedAt: 'toUnixTimestamp64Milli(t.started_at)',
  inputMessages: 'length(t.input_ids)',
  outputMessages: 'length(t.output_ids)',
  expiresOn: 'toString(t.expires_at)',
  request: BODY('request'),
  response: BODY('response'),
};

export const TURN_COLUMNS = Object.keys(turnRow.shape)
  .map(
    (field) =>
      `${SPECIAL[field] ?? `t.${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`} AS ${field}`,
  )
  .join(', ');

import type { Message } from '../message/message.js';
import type { Part } from '../message/part.js';
import type { ExportedTurn } from './turn.js';

/** https://github.com/open-telemetry/semantic-conventions-genai (registry: gen_ai.provider.name); others go by their own name. */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  azure_openai: 'azure.ai.openai',
  anthropic: 'anthropic',
  bedrock: 'aws.bedrock',
  google: 'gcp.gemini',
  google_vertex: 'gcp.vertex_ai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
};

/** A turn as a client span of inference; attributes that are not known are left out. What is beyond the conventions is under `weir.`. */
export function otelRecord(turn: ExportedTurn): Record<string, unknown> {
  const model = turn.requestedModel ?? turn.servedModel;
  return {
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'CLIENT',
    ...known({ traceId: turn.traceId, parentSpanId: turn.spanId }),
    startTime: new Date(turn.startedAt).toISOString(),
    ...known({ endTime: turn.durationMs === null ? null : new Date(turn.startedAt + turn.durationMs).toISOString() }),
    status: turn.isFailed ? { code: 'ERROR', ...known({ message: turn.upstreamErrorMessage }) } : { code: 'UNSET' },
    attributes: known({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': PROVIDERS[turn.providerType] ?? turn.providerType,
      'gen_ai.conversation.id': turn.conversationId,
      'gen_ai.request.model': turn.requestedModel,
      'gen_ai.request.stream': turn.streamed,
      'gen_ai.response.model': turn.servedModel,
      'gen_ai.response.id': turn.responseId,
      'gen_ai.response.finish_reasons': finishReasons(turn),
      'error.type': turn.isFailed
        ? (turn.upstreamErrorCode ?? turn.errorCode ?? turn.status?.toString() ?? '_OTHER')
        : null,
      ...usageOf(turn),
      'gen_ai.system_instructions': turn.system?.parts.map(partOf),
      'gen_ai.tool.definitions': turn.tools,
      'gen_ai.input.messages': turn.inputs.map(messageOf),
      'gen_ai.output.messages': turn.outputs.map(messageOf),
      'weir.event.id': turn.eventId,
      'weir.call.id': turn.callId,
      'weir.parent.event.id': turn.parentEventId,
      'weir.relation': turn.relation,
      'weir.app': turn.app,
      'weir.user': turn.user,
      'weir.agent': turn.agent,
      'weir.provider': turn.provider,
      'weir.first_token_ms': turn.firstTokenMs,
      'http.response.status_code': turn.status,
      'weir.request.state': turn.request.state,
      'weir.request.reason': turn.request.reason,
      'weir.response.state': turn.response.state,
      'weir.response.reason': turn.response.reason,
      'weir.messages.missing': turn.missing === 0 ? null : turn.missing,
    }),
  };
}

function finishReasons({ outputs }: ExportedTurn): string[] | null {
  const reasons = outputs.map(({ finish_reason }) => finish_reason);
  return reasons.length > 0 && reasons.every((reason) => reason !== null) ? (reasons as string[]) : null;
}

function usageOf({ usage }: ExportedTurn) {
  const { inputTokens, cachedInputTokens, cacheWriteTokens } = usage;
  return {
    // By the conventions all of the input, whatever came out of a cache.
    'gen_ai.usage.input_tokens':
      inputTokens === null ? null : inputTokens + (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0),
    'gen_ai.usage.cache_read.input_tokens': cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens,
    'gen_ai.usage.output_tokens': usage.outputTokens,
    'gen_ai.usage.reasoning.output_tokens': usage.reasoningTokens,
    'weir.cost.usd': usage.costUsd,
    'weir.cost.state': costState(usage),
  };
}

export function costState({ costUsd, unpricedTurns, unratedTurns }: ExportedTurn['usage']): string {
  if (unratedTurns > 0) return 'unrated';
  return costUsd === null || unpricedTurns > 0 ? 'unpriced' : 'priced';
}

function messageOf({ role, name, parts }: Message) {
  return { role, parts: parts.map(partOf), ...known({ name }) };
}

/** A `blob` of the conventions holds its bytes; here they are in the raw body alone, so it is no such part. */
function partOf(part: Part): object {
  return part.type === 'blob' ? { ...part, type: 'weir.blob_reference' } : part;
}

function known<T extends Record<string, unknown>>(fields: T): Partial<T> {
  const there = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(there) as Partial<T>;
}

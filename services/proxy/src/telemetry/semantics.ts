import type { ProviderType, UsageEvent } from '@weir/contracts';
import { isMetered } from '../metering/billed.js';

/**
 * Names of https://github.com/open-telemetry/semantic-conventions-genai. Types without a well-known name there keep
 * ours, which the conventions allow.
 */
const PROVIDER_NAMES: Partial<Record<ProviderType, string>> = {
  google: 'gcp.gemini',
  vertex: 'gcp.vertex_ai',
  bedrock: 'aws.bedrock',
  azure_openai: 'azure.ai.openai',
  azure_foundry: 'azure.ai.inference',
  mistral: 'mistral_ai',
  xai: 'x_ai',
};

const CHATS = [
  ...['chat.completions', 'responses', 'messages', 'chat', 'converse', 'converse_stream', 'invoke', 'invoke_stream'],
  ...['raw_predict', 'interactions', 'realtime.response'],
];
const EMBEDDINGS = ['embeddings', 'embed', 'embed_content', 'batch_embed_contents'];
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ...CHATS.map((endpoint) => [endpoint, 'chat'] as const),
  ...EMBEDDINGS.map((endpoint) => [endpoint, 'embeddings'] as const),
  ...['completions', 'generate'].map((endpoint) => [endpoint, 'text_completion'] as const),
  ...['generate_content', 'stream_generate_content'].map((endpoint) => [endpoint, 'generate_content'] as const),
]);
/** Sessions are none themselves: their turns are. */
const NO_OPERATION: ReadonlySet<string> = new Set(['realtime', 'responses.session', 'files.content']);

export function providerNameOf(type: ProviderType | null): string {
  return type === null ? 'unknown' : (PROVIDER_NAMES[type] ?? type);
}

/** `gen_ai.operation.name`; null = the call asks no model anything. */
export function operationOf(endpoint: string): string | null {
  return OPERATIONS.get(endpoint) ?? (isMetered(endpoint) && !NO_OPERATION.has(endpoint) ? endpoint : null);
}

type Ended = Pick<UsageEvent, 'outcome' | 'errorCode' | 'upstreamStatus'>;

/** `error.type`: the upstream's status, else one of our own few codes; null = no error. What an upstream words is neither. */
export function errorTypeOf({ outcome, errorCode, upstreamStatus }: Ended): string | null {
  if (outcome === 'completed' || outcome === 'client_closed') return null;
  if (upstreamStatus !== null && upstreamStatus >= 400) return String(upstreamStatus);
  return outcome === 'upstream_error' ? 'upstream_error' : (errorCode ?? outcome);
}

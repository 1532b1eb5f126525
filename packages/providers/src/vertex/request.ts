import { readRequest as readMessagesRequest } from '../anthropic/wire.js';
import { requestFacts as googleRequestFacts } from '../google/request.js';
import { modelId } from '../google/resource.js';
import type { RequestFacts } from '../provider-type.js';
import { isStreamAsked } from './endpoint.js';

/** Claude's requests are Anthropic's but for the model, which the path names, and the stream, which it asks for. */
export function requestFacts(endpoint: string, callPath: string, body: unknown): RequestFacts {
  const facts = googleRequestFacts(endpoint, callPath, body);
  const stream = facts.stream || isStreamAsked(callPath);
  if (!endpoint.startsWith('messages')) return { ...facts, stream };
  const { model, user, conversation } = readMessagesRequest(body);
  const isCount = endpoint === 'messages.count_tokens';
  // Claude's token counter is called as if it were a model; the one it counts for is in the body.
  const counted = isCount ? { model: model === null ? null : modelId(model), isModelInPath: false } : {};
  return { ...facts, stream, user, conversation, ...counted };
}

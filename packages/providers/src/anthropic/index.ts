import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { parseModelList } from '../openai/model-list.js';
import { upstreamPath } from '../path/upstream-path.js';
import type { ProviderTypeDefinition, ResponseHead, StreamFilter, UsageReader } from '../provider-type.js';
import { BatchResultsReader } from '../reply/batch-results-reader.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { credentialFor } from './auth.js';
import { batchResult } from './batch-result.js';
import { endpointOf } from './endpoint.js';
import { refusal } from './error.js';
import { messagesReply } from './messages-reply.js';
import { probe } from './probe.js';
import { readRequest } from './wire.js';

/** Anthropic reports usage unasked, so nothing was added that would have to be taken out. */
const PASS_ALL: StreamFilter = { push: (chunk) => chunk, flush: () => Buffer.alloc(0), removed: false };

function usageReader(endpoint: string, response: ResponseHead): UsageReader {
  if (endpoint === 'messages.batches.results' && response.status < 400) return new BatchResultsReader(batchResult);
  const isRead = endpoint === 'messages' || response.status >= 400;
  return isRead ? new ReplyReader(messagesReply, response.contentType) : SILENT_READER;
}

export const anthropic: ProviderTypeDefinition = {
  type: 'anthropic',
  label: 'Anthropic',
  summary: 'Claude models, by key or callers’ own subscriptions.',
  clientClose: CLIENT_CLOSE.anthropic,
  supportsPassthrough: true,
  credentialForms: [apiKeyForm('ANTHROPIC_API_KEY', 'Made at https://console.anthropic.com/settings/keys.')],
  settings: [],
  baseUrlFor: () => 'https://api.anthropic.com',
  upstreamPath,
  endpointOf,
  credentialHeaders: CREDENTIAL_HEADERS,
  passthroughHeaders: ['authorization', 'x-api-key'],
  credentialFor,
  requestFacts: (_endpoint, _callPath, body) => readRequest(body),
  requestUsage: () => null,
  streamFilter: () => PASS_ALL,
  usageReader,
  refusal,
  requestIdHeader: 'request-id',
  probe,
  parseModelList,
};

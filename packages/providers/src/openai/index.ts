import { apiKeyForm } from '../credential/api-key.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { upstreamPath } from '../path/upstream-path.js';
import type { ProviderTypeDefinition, ResponseHead, UsageReader } from '../provider-type.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { askForUsage } from './ask-for-usage.js';
import { credentialFor } from './auth.js';
import { chatReply } from './chat-reply.js';
import { endpointOf } from './endpoint.js';
import { refusal } from './error.js';
import { parseModelList } from './model-list.js';
import { probe } from './probe.js';
import { responsesReply } from './responses-reply.js';
import { UsageChunkFilter } from './usage-chunk-filter.js';
import { readRequest } from './wire.js';

const METERED = new Set(['chat.completions', 'completions', 'embeddings']);

function usageReader(endpoint: string, response: ResponseHead): UsageReader {
  if (endpoint === 'responses') return new ReplyReader(responsesReply, response.contentType);
  // An error has the same shape everywhere, so its code is read even where no usage is.
  if (METERED.has(endpoint) || response.status >= 400) return new ReplyReader(chatReply, response.contentType);
  return SILENT_READER;
}

export const openai: ProviderTypeDefinition = {
  type: 'openai',
  label: 'OpenAI',
  summary: 'OpenAI models through the OpenAI API.',
  defaultBaseUrl: 'https://api.openai.com/v1',
  credential: 'required',
  suggestedSecretId: 'OPENAI_API_KEY',
  supportsPassthrough: true,
  credentialForms: [apiKeyForm('OPENAI_API_KEY', 'platform.openai.com, under API keys.')],
  settings: [],
  baseUrlFor: () => 'https://api.openai.com/v1',
  upstreamPath,
  endpointOf,
  credentialHeaders: CREDENTIAL_HEADERS,
  credentialFor,
  requestFacts: (_endpoint, _callPath, body) => readRequest(body),
  requestUsage: askForUsage,
  streamFilter: () => new UsageChunkFilter(),
  usageReader,
  refusal,
  requestIdHeader: 'x-request-id',
  probe,
  parseModelList,
};

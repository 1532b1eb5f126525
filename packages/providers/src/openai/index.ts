import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { upstreamPath } from '../path/upstream-path.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { askForUsage } from './ask-for-usage.js';
import { credentialFor } from './auth.js';
import { endpointOf } from './endpoint.js';
import { refusal } from './error.js';
import { parseModelList } from './model-list.js';
import { probe } from './probe.js';
import { openaiReader } from './reader.js';
import { sessionModels, sessionReader, sessionScript } from './session.js';
import { UsageChunkFilter } from './usage-chunk-filter.js';
import { readRequest } from './wire.js';

export const openai: ProviderTypeDefinition = {
  type: 'openai',
  label: 'OpenAI',
  summary: 'GPT and o-series models, embeddings, images and audio.',
  clientClose: CLIENT_CLOSE.openai,
  supportsPassthrough: true,
  credentialForms: [apiKeyForm('OPENAI_API_KEY', 'Made at https://platform.openai.com/api-keys.')],
  settings: [],
  baseUrlFor: () => 'https://api.openai.com/v1',
  upstreamPath,
  endpointOf,
  credentialHeaders: CREDENTIAL_HEADERS,
  passthroughHeaders: ['authorization', 'x-api-key'],
  credentialFor,
  requestFacts: (_endpoint, _callPath, body) => readRequest(body),
  requestUsage: askForUsage,
  streamFilter: () => new UsageChunkFilter(),
  usageReader: openaiReader,
  sessionReader,
  sessionScript,
  sessionModels,
  refusal,
  requestIdHeader: 'x-request-id',
  probe,
  parseModelList,
};

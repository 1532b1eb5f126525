import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { credentialFor } from './auth.js';
import { endpointOf } from './endpoint.js';
import { refusal } from './error.js';
import { parseModelList } from './model-list.js';
import { probe } from './probe.js';
import { usageReader } from './reader.js';
import { requestFacts } from './request.js';
import { modelId } from './resource.js';
import { upstreamPath } from './upstream-path.js';

const BASE_URL = 'https://generativelanguage.googleapis.com';

export const google: ProviderTypeDefinition = {
  type: 'google',
  label: 'Google AI',
  summary: 'Gemini models: long contexts, images, audio, video.',
  clientClose: CLIENT_CLOSE.google,
  supportsPassthrough: true,
  credentialForms: [apiKeyForm('GEMINI_API_KEY', 'Made at aistudio.google.com, under “Get API key”.')],
  settings: [],
  baseUrlFor: () => BASE_URL,
  upstreamPath,
  endpointOf,
  credentialHeaders: CREDENTIAL_HEADERS,
  passthroughHeaders: ['authorization', 'x-goog-api-key', 'x-goog-user-project'],
  credentialFor,
  isCredentialByPath: true,
  modelId,
  requestFacts,
  // Google's own streams report usage unasked.
  requestUsage: openai.requestUsage,
  streamFilter: openai.streamFilter,
  usageReader,
  refusal,
  requestIdHeader: 'x-goog-request-id',
  probe,
  parseModelList,
};

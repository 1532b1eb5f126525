import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { google } from '../google/index.js';
import { modelId } from '../google/resource.js';
import { credentialFor } from '../openai/auth.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { endpointOf } from './endpoint.js';
import { CREDENTIAL_FORMS, SETTINGS } from './forms.js';
import { baseUrlFor } from './location.js';
import { probe } from './probe.js';
import { usageReader } from './reader.js';
import { requestFacts } from './request.js';
import { upstreamPath } from './upstream-path.js';

export const vertex: ProviderTypeDefinition = {
  type: 'vertex',
  label: 'Google Vertex AI',
  summary: 'Gemini, Claude and others in your Google Cloud project.',
  clientClose: CLIENT_CLOSE.vertex,
  supportsPassthrough: true,
  credentialForms: CREDENTIAL_FORMS,
  settings: SETTINGS,
  baseUrlFor,
  upstreamPath,
  endpointOf,
  credentialHeaders: CREDENTIAL_HEADERS,
  passthroughHeaders: ['authorization', 'x-goog-api-key', 'x-goog-user-project'],
  credentialFor,
  modelId,
  requestFacts,
  requestUsage: google.requestUsage,
  streamFilter: google.streamFilter,
  usageReader,
  refusal: google.refusal,
  requestIdHeader: google.requestIdHeader,
  probe,
  parseModelList: google.parseModelList,
};

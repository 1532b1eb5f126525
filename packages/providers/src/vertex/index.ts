import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

export const vertex: ProviderTypeDefinition = {
  ...openai,
  type: 'vertex',
  label: 'Google Vertex AI',
  summary: 'Gemini and partner models in your Google Cloud project.',
  defaultBaseUrl: null,
  credential: 'required',
  suggestedSecretId: 'VERTEX_SERVICE_ACCOUNT',
  credentialForms: [apiKeyForm('VERTEX_SERVICE_ACCOUNT', 'Made on the key page of Google Vertex AI.')],
  baseUrlFor: () => null,
};

import { apiKeyForm, NO_CREDENTIAL } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

export const ollama: ProviderTypeDefinition = {
  ...openai,
  type: 'ollama',
  label: 'Ollama',
  summary: 'Models on your own machines.',
  defaultBaseUrl: null,
  credential: 'optional',
  suggestedSecretId: 'OLLAMA_API_KEY',
  credentialForms: [apiKeyForm('OLLAMA_API_KEY', 'Made on the key page of Ollama.'), NO_CREDENTIAL],
  baseUrlFor: () => null,
};

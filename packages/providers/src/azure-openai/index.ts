import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

export const azureOpenai: ProviderTypeDefinition = {
  ...openai,
  type: 'azure_openai',
  label: 'Azure OpenAI',
  summary: 'OpenAI models deployed in your own Azure resource.',
  defaultBaseUrl: null,
  credential: 'required',
  suggestedSecretId: 'AZURE_OPENAI_API_KEY',
  credentialForms: [apiKeyForm('AZURE_OPENAI_API_KEY', 'Made on the key page of Azure OpenAI.')],
  baseUrlFor: () => null,
};

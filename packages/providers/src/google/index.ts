import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

export const google: ProviderTypeDefinition = {
  ...openai,
  type: 'google',
  label: 'Google AI',
  summary: 'Gemini models through the Gemini API.',
  defaultBaseUrl: 'https://generativelanguage.googleapis.com',
  credential: 'required',
  suggestedSecretId: 'GEMINI_API_KEY',
  credentialForms: [apiKeyForm('GEMINI_API_KEY', 'Made on the key page of Google AI.')],
  baseUrlFor: () => 'https://generativelanguage.googleapis.com',
};

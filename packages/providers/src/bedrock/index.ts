import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

export const bedrock: ProviderTypeDefinition = {
  ...openai,
  type: 'bedrock',
  label: 'AWS Bedrock',
  summary: 'Foundation models hosted in your AWS account.',
  defaultBaseUrl: null,
  credential: 'required',
  suggestedSecretId: 'AWS_SECRET_ACCESS_KEY',
  credentialForms: [apiKeyForm('AWS_SECRET_ACCESS_KEY', 'Made on the key page of AWS Bedrock.')],
  baseUrlFor: () => null,
};

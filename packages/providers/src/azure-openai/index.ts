import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { openai } from '../openai/index.js';
import { readRequest } from '../openai/wire.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { askForUsage } from './ask-for-usage.js';
import { credentialFor } from './auth.js';
import { API_VERSION, azureCredentialForms } from './credential-forms.js';
import { deploymentIn, upstreamPath } from './path.js';
import { probe } from './probe.js';

/** https://learn.microsoft.com/azure/ai-foundry/openai/reference */
export const azureOpenai: ProviderTypeDefinition = {
  ...openai,
  type: 'azure_openai',
  label: 'Azure OpenAI',
  summary: 'OpenAI models deployed in your own Azure resource.',
  clientClose: CLIENT_CLOSE.azure_openai,
  credentialForms: azureCredentialForms(
    'AZURE_OPENAI_API_KEY',
    'AZURE_OPENAI_CLIENT_SECRET',
    'Azure portal (https://portal.azure.com), the resource, Keys and Endpoint; the base URL stands on the same page.',
  ),
  settings: [API_VERSION],
  baseUrlFor: () => null,
  baseUrlHint: {
    example: 'https://my-resource.openai.azure.com',
    help: 'The resource’s endpoint, without a path: Azure portal, the resource, Keys and Endpoint.',
  },
  upstreamPath,
  passthroughHeaders: ['authorization', 'api-key'],
  credentialFor,
  requestFacts(_endpoint, callPath, body) {
    const deployment = deploymentIn(callPath);
    const facts = readRequest(body);
    return deployment === null ? facts : { ...facts, model: deployment, isModelInPath: true };
  },
  requestUsage: askForUsage,
  requestIdHeader: 'apim-request-id',
  probe,
};

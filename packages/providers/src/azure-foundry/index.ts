import { azureCredentialForms } from '../azure-openai/credential-forms.js';
import { azureOpenai } from '../azure-openai/index.js';
import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { speakingMessages } from '../presets/speaking-messages.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { askForUsage } from './ask-for-usage.js';
import { upstreamPath } from './path.js';

/** https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints */
export const azureFoundry: ProviderTypeDefinition = speakingMessages({
  ...azureOpenai,
  type: 'azure_foundry',
  label: 'Azure AI Foundry',
  summary: 'Models of many vendors in one Azure resource.',
  clientClose: CLIENT_CLOSE.azure_foundry,
  credentialForms: azureCredentialForms(
    'AZURE_FOUNDRY_API_KEY',
    'AZURE_FOUNDRY_CLIENT_SECRET',
    'Foundry portal (https://ai.azure.com), the project’s overview; the base URL is https://{resource}.services.ai.azure.com.',
  ),
  baseUrlHint: {
    example: 'https://my-resource.services.ai.azure.com',
    help: 'The resource’s endpoint, without a path: Foundry portal, the project’s overview.',
  },
  passthroughHeaders: ['authorization', 'api-key', 'x-api-key'],
  upstreamPath,
  requestUsage: askForUsage,
});

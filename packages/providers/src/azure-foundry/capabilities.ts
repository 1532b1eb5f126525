import { azureOpenaiCapabilities } from '../azure-openai/capabilities.js';
import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';

/** https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints */
export const azureFoundryCapabilities = capabilityRow(
  'https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints',
  [
    ...azureOpenaiCapabilities.serves,
    { ...OPENAI_ENDPOINTS.chat, path: 'models/chat/completions' },
    { ...OPENAI_ENDPOINTS.embeddings, path: 'models/embeddings' },
    { capability: 'messages', endpoint: 'messages', method: 'POST', path: 'anthropic/v1/messages' },
  ],
  { notes: { ...azureOpenaiCapabilities.notes, messages: 'For deployments of Claude.' } },
);

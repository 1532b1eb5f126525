import { capabilityRow, OPENAI_ENDPOINTS, type ServedEndpoint } from '../capabilities/capability.js';

const DEPLOYMENT = 'openai/deployments/{model}';
const { chat, responses, completions, embeddings, images, speech, transcription, models } = OPENAI_ENDPOINTS;

/** Both forms of one endpoint. */
const inBothForms = (endpoint: ServedEndpoint): readonly ServedEndpoint[] => [
  { ...endpoint, path: `openai/${endpoint.path}` },
  { ...endpoint, path: `${DEPLOYMENT}/${endpoint.path.slice('v1/'.length)}` },
];

/** https://learn.microsoft.com/azure/ai-foundry/openai/latest */
export const azureOpenaiCapabilities = capabilityRow(
  'https://learn.microsoft.com/azure/ai-foundry/openai/latest',
  [
    ...inBothForms(chat),
    { ...responses, path: 'openai/v1/responses' },
    ...inBothForms(completions),
    ...inBothForms(embeddings),
    ...inBothForms(images),
    ...inBothForms(speech),
    ...inBothForms(transcription),
    { ...models, path: 'openai/v1/models' },
  ],
  {
    notes: {
      models: 'Lists what the resource could deploy; calls name deployments, which Azure lists only in its portal.',
    },
  },
);

import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, completions, embeddings, rerank, images, speech, transcription, models } = OPENAI_ENDPOINTS;

/** https://docs.together.ai/docs/openai-api-compatibility */
export const together: Preset = {
  type: 'together',
  label: 'Together AI',
  summary: 'Over a hundred open models, serverless or dedicated.',
  baseUrl: 'https://api.together.ai/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'TOGETHER_API_KEY',
  keyHelp: 'Made at https://api.together.ai/settings/api-keys.',
  streamUsage: 'asked',
  requestIdHeader: 'x-request-id',
  capabilities: capabilityRow('https://docs.together.ai/reference', [
    chat,
    completions,
    embeddings,
    rerank,
    images,
    speech,
    transcription,
    models,
  ]),
};

import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, responses, completions, embeddings, rerank, models } = OPENAI_ENDPOINTS;

/** https://docs.fireworks.ai/tools-sdks/openai-compatibility */
export const fireworks: Preset = {
  type: 'fireworks',
  label: 'Fireworks AI',
  summary: 'Open models served fast, and tuned ones on demand.',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'FIREWORKS_API_KEY',
  keyHelp: 'Made at https://app.fireworks.ai/settings/users/api-keys.',
  streamUsage: 'asked',
  requestIdHeader: 'x-request-id',
  // https://docs.fireworks.ai/guides/prompt-caching
  usage: {
    ...OPENAI_USAGE,
    cache: 'inside',
    reasoning: 'inside',
    cachedHeader: 'fireworks-cached-prompt-tokens',
  },
  speaksMessages: true,
  capabilities: capabilityRow(
    'https://docs.fireworks.ai/api-reference',
    [
      chat,
      responses,
      { capability: 'messages', endpoint: 'messages', method: 'POST', path: 'v1/messages' },
      completions,
      embeddings,
      rerank,
      { capability: 'images', endpoint: 'opaque', method: 'POST', path: 'v1/workflows/{model}/text_to_image' },
      models,
    ],
    { lacks: { audio: 'Fireworks AI answers audio at another host; make a provider of its own for it.' } },
  ),
};

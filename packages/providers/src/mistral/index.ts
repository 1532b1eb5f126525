import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';
import { mistralUsage } from './usage.js';

const { chat, embeddings, transcription, models } = OPENAI_ENDPOINTS;

/** https://docs.mistral.ai/api */
export const mistral: Preset = {
  type: 'mistral',
  label: 'Mistral',
  summary: 'Mistral, Magistral, Codestral, embeddings; in Europe.',
  baseUrl: 'https://api.mistral.ai/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'MISTRAL_API_KEY',
  keyHelp: 'Made at https://console.mistral.ai/api-keys.',
  // Refused with 422 `extra_forbidden`; the last chunk of every stream states usage:
  // https://github.com/openai/openai-agents-python/issues/442
  streamUsage: 'unasked',
  requestIdHeader: 'mistral-correlation-id',
  usage: mistralUsage,
  capabilities: capabilityRow(
    'https://docs.mistral.ai/api',
    [
      chat,
      { capability: 'completions', endpoint: 'completions', method: 'POST', path: 'v1/fim/completions' },
      embeddings,
      transcription,
      models,
    ],
    {
      lacks: { images: 'Mistral draws images only inside its agents, which are relayed without being metered.' },
      notes: { completions: 'Fill-in-the-middle, for Codestral.' },
    },
  ),
};

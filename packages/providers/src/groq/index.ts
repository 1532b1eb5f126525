import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, responses, speech, transcription, models } = OPENAI_ENDPOINTS;

/** https://console.groq.com/docs/api-reference */
export const groq: Preset = {
  type: 'groq',
  label: 'Groq',
  summary: 'Open models, answered very fast on Groq’s own chips.',
  baseUrl: 'https://api.groq.com/openai/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'GROQ_API_KEY',
  keyHelp: 'Made at https://console.groq.com/keys.',
  // The last chunk of every stream states usage under `x_groq`.
  streamUsage: 'unasked',
  requestIdHeader: 'x-request-id',
  usage: { ...OPENAI_USAGE, cache: 'inside', reasoning: 'inside', otherUsagePath: 'x_groq.usage' },
  capabilities: capabilityRow('https://console.groq.com/docs/api-reference', [
    chat,
    responses,
    speech,
    transcription,
    models,
  ]),
};

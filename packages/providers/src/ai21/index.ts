import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, models } = OPENAI_ENDPOINTS;

/** https://docs.ai21.com/reference/jamba-1-6-api-ref */
export const ai21: Preset = {
  type: 'ai21',
  label: 'AI21',
  summary: 'Jamba models for long documents.',
  baseUrl: 'https://api.ai21.com/studio/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'AI21_API_KEY',
  keyHelp: 'Made at https://studio.ai21.com/v2/account/api-key.',
  // The last chunk of every stream states usage: https://docs.ai21.com/reference/jamba-api-response
  streamUsage: 'unasked',
  requestIdHeader: 'x-request-id',
  usage: { ...OPENAI_USAGE, cache: 'inside', reasoning: 'inside' },
  capabilities: capabilityRow('https://docs.ai21.com/reference', [chat, models]),
};

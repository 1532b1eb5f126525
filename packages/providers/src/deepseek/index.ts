import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import { below } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, models } = OPENAI_ENDPOINTS;

/** https://api-docs.deepseek.com/api/create-chat-completion */
export const deepseek: Preset = {
  type: 'deepseek',
  label: 'DeepSeek',
  summary: 'DeepSeek’s own chat and reasoning models.',
  // Without a version: `beta/` and `anthropic/` stand beside `v1/`.
  baseUrl: 'https://api.deepseek.com',
  upstreamPath: below('v1'),
  suggestedSecretId: 'DEEPSEEK_API_KEY',
  keyHelp: 'Made at https://platform.deepseek.com/api_keys.',
  streamUsage: 'asked',
  requestIdHeader: 'x-ds-trace-id',
  // `prompt_cache_hit_tokens` and `prompt_cache_miss_tokens` add up to `prompt_tokens`; reasoning is part of the output.
  usage: { ...OPENAI_USAGE, cache: 'inside', reasoning: 'inside' },
  speaksMessages: true,
  capabilities: capabilityRow(
    'https://api-docs.deepseek.com',
    [
      chat,
      { capability: 'completions', endpoint: 'completions', method: 'POST', path: 'beta/completions' },
      { capability: 'messages', endpoint: 'messages', method: 'POST', path: 'anthropic/v1/messages' },
      models,
    ],
    { notes: { completions: 'Fill-in-the-middle, in beta.' } },
  ),
};

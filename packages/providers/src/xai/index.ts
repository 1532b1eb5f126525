import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { sharedPath } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';
import { xaiUsage } from './usage.js';

const { chat, responses, images, models } = OPENAI_ENDPOINTS;

/** https://docs.x.ai/docs/api-reference */
export const xai: Preset = {
  type: 'xai',
  label: 'xAI',
  summary: 'Grok models; xAI states what each call cost.',
  baseUrl: 'https://api.x.ai/v1',
  upstreamPath: sharedPath,
  suggestedSecretId: 'XAI_API_KEY',
  keyHelp: 'Made at https://console.x.ai, under API keys.',
  streamUsage: 'asked',
  requestIdHeader: 'x-request-id',
  usage: xaiUsage,
  capabilities: capabilityRow('https://docs.x.ai/docs/api-reference', [
    chat,
    responses,
    images,
    { capability: 'audio', endpoint: 'opaque', method: 'POST', path: 'v1/tts' },
    { capability: 'audio', endpoint: 'opaque', method: 'POST', path: 'v1/stt' },
    models,
  ]),
};

import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import { below } from '../presets/paths.js';
import type { Preset } from '../presets/preset.js';

const { chat, responses, models } = OPENAI_ENDPOINTS;
const HOSTED = 'hf-inference/models/{model}';

/** https://huggingface.co/docs/inference-providers */
export const huggingFace: Preset = {
  type: 'hugging_face',
  label: 'Hugging Face',
  summary: 'Open models at many hosts, on one account.',
  // Without a version: other tasks have addresses of their own beside `v1/`.
  baseUrl: 'https://router.huggingface.co',
  upstreamPath: below('v1'),
  suggestedSecretId: 'HUGGING_FACE_API_KEY',
  keyHelp: 'A token that may call Inference Providers, made at https://huggingface.co/settings/tokens.',
  streamUsage: 'asked',
  requestIdHeader: 'x-request-id',
  capabilities: capabilityRow('https://huggingface.co/docs/inference-providers', [
    chat,
    responses,
    { capability: 'embeddings', endpoint: 'opaque', method: 'POST', path: `${HOSTED}/pipeline/feature-extraction` },
    { capability: 'images', endpoint: 'opaque', method: 'POST', path: HOSTED },
    { capability: 'audio', endpoint: 'opaque', method: 'POST', path: HOSTED },
    models,
  ]),
};

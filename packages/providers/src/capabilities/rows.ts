import type { ProviderType } from '@weir/contracts';
import { azureFoundryCapabilities } from '../azure-foundry/capabilities.js';
import { azureOpenaiCapabilities } from '../azure-openai/capabilities.js';
import { cohereCapabilities } from '../cohere/capabilities.js';
import { ollamaCapabilities } from '../ollama/capabilities.js';
import { PRESETS } from '../presets/presets.js';
import { replicateCapabilities } from '../replicate/capabilities.js';
import { type CapabilityRow, capabilityRow, OPENAI_ENDPOINTS } from './capability.js';
import { bedrockCapabilities, googleCapabilities, vertexCapabilities } from './clouds.js';

const { chat, responses, completions, embeddings, rerank, images, speech, transcription, models } = OPENAI_ENDPOINTS;

const messages = { capability: 'messages', endpoint: 'messages', method: 'POST', path: 'v1/messages' } as const;

const ROWS: Readonly<Partial<Record<ProviderType, CapabilityRow>>> = {
  openai: capabilityRow('https://platform.openai.com/docs/api-reference', [
    ...[chat, responses, completions, embeddings, images, speech, transcription, models],
  ]),
  anthropic: capabilityRow('https://docs.anthropic.com/en/api', [messages, models], {
    lacks: {
      chat: 'Anthropic’s chat is its Messages API (v1/messages).',
      embeddings: 'Anthropic has no embedding models.',
    },
  }),
  google: googleCapabilities,
  bedrock: bedrockCapabilities,
  vertex: vertexCapabilities,
  azure_openai: azureOpenaiCapabilities,
  azure_foundry: azureFoundryCapabilities,
  cohere: cohereCapabilities,
  replicate: replicateCapabilities,
  ollama: ollamaCapabilities,
  openai_compatible: capabilityRow(
    'https://platform.openai.com/docs/api-reference',
    [chat, responses, messages, completions, embeddings, rerank, images, speech, transcription, models],
    {
      notes: {
        responses: 'Where the server has it.',
        completions: 'Where the server has it.',
        embeddings: 'Where the server has it.',
        messages: 'Where the server has it.',
        rerank: 'Where the server has it.',
        images: 'Where the server has it.',
        audio: 'Where the server has it; of speech no usage is read.',
        models: 'Where the server has it.',
      },
    },
  ),
};

const BY_TYPE = new Map<string, CapabilityRow>([
  ...Object.entries(ROWS),
  ...PRESETS.map(({ type, capabilities }) => [type, capabilities] as const),
]);

export function capabilityRowOf(type: ProviderType): CapabilityRow {
  const row = BY_TYPE.get(type);
  if (!row) throw new Error(`no capability row for provider type ${type}`);
  return row;
}

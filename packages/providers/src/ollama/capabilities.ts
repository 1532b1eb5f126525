import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';

const { chat, responses, completions, embeddings, models } = OPENAI_ENDPOINTS;

/** https://docs.ollama.com/api */
export const ollamaCapabilities = capabilityRow('https://docs.ollama.com/api', [
  chat,
  { capability: 'chat', endpoint: 'chat', method: 'POST', path: 'api/chat' },
  responses,
  { capability: 'messages', endpoint: 'messages', method: 'POST', path: 'v1/messages' },
  completions,
  { capability: 'completions', endpoint: 'generate', method: 'POST', path: 'api/generate' },
  embeddings,
  { capability: 'embeddings', endpoint: 'embed', method: 'POST', path: 'api/embed' },
  models,
]);

import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';

const { chat, embeddings, models } = OPENAI_ENDPOINTS;

/** https://docs.cohere.com/reference/about */
export const cohereCapabilities = capabilityRow(
  'https://docs.cohere.com/reference/about',
  [
    chat,
    { capability: 'chat', endpoint: 'chat', method: 'POST', path: 'v2/chat' },
    embeddings,
    { capability: 'embeddings', endpoint: 'embed', method: 'POST', path: 'v2/embed' },
    { capability: 'rerank', endpoint: 'rerank', method: 'POST', path: 'v2/rerank' },
    models,
  ],
  {
    notes: {
      streaming: 'Streams for OpenAI’s SDKs may state usage only to callers that send stream_options.include_usage.',
    },
  },
);

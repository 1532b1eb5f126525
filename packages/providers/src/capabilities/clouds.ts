import { capabilityRow, OPENAI_ENDPOINTS, type ServedEndpoint } from './capability.js';

const gemini = (prefix: string): readonly ServedEndpoint[] => [
  { capability: 'chat', endpoint: 'generate_content', method: 'POST', path: `${prefix}:generateContent` },
  { capability: 'chat', endpoint: 'stream_generate_content', method: 'POST', path: `${prefix}:streamGenerateContent` },
  { capability: 'embeddings', endpoint: 'embed_content', method: 'POST', path: `${prefix}:embedContent` },
];

/** https://ai.google.dev/api */
export const googleCapabilities = capabilityRow('https://ai.google.dev/api', [
  ...gemini('v1beta/models/{model}'),
  { ...OPENAI_ENDPOINTS.chat, path: 'v1beta/openai/chat/completions' },
  { ...OPENAI_ENDPOINTS.embeddings, path: 'v1beta/openai/embeddings' },
  { capability: 'images', endpoint: 'predict', method: 'POST', path: 'v1beta/models/{model}:predict' },
  { capability: 'models', endpoint: 'models', method: 'GET', path: 'v1beta/models' },
]);

const PUBLISHERS = 'v1/publishers';

/** https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest */
export const vertexCapabilities = capabilityRow(
  'https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest',
  [
    ...gemini(`${PUBLISHERS}/google/models/{model}`),
    {
      capability: 'embeddings',
      endpoint: 'predict',
      method: 'POST',
      path: `${PUBLISHERS}/google/models/{model}:predict`,
    },
    OPENAI_ENDPOINTS.chat,
    {
      capability: 'messages',
      endpoint: 'messages',
      method: 'POST',
      path: `${PUBLISHERS}/anthropic/models/{model}:rawPredict`,
    },
    { capability: 'images', endpoint: 'predict', method: 'POST', path: `${PUBLISHERS}/google/models/{model}:predict` },
    { capability: 'models', endpoint: 'models', method: 'GET', path: 'v1beta1/publishers/google/models' },
  ],
  { notes: { messages: 'For Claude; Anthropic’s own clients for Vertex AI call it so.' } },
);

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html */
export const bedrockCapabilities = capabilityRow(
  'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html',
  [
    { capability: 'chat', endpoint: 'converse', method: 'POST', path: 'model/{model}/converse' },
    { capability: 'chat', endpoint: 'converse_stream', method: 'POST', path: 'model/{model}/converse-stream' },
    { capability: 'chat', endpoint: 'invoke', method: 'POST', path: 'model/{model}/invoke' },
    {
      capability: 'chat',
      endpoint: 'invoke_stream',
      method: 'POST',
      path: 'model/{model}/invoke-with-response-stream',
    },
    { ...OPENAI_ENDPOINTS.chat, path: 'openai/v1/chat/completions' },
    { ...OPENAI_ENDPOINTS.responses, path: 'openai/v1/responses' },
    { capability: 'embeddings', endpoint: 'invoke', method: 'POST', path: 'model/{model}/invoke' },
    { capability: 'images', endpoint: 'invoke', method: 'POST', path: 'model/{model}/invoke' },
    { capability: 'models', endpoint: 'models', method: 'GET', path: 'foundation-models' },
  ],
);

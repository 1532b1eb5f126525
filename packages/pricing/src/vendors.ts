import type { PriceBook } from '@weir/contracts';

/**
 * Whose price list holds for a provider type, in order of preference. Upstreams that serve whatever model somebody put
 * there have none: the same model is sold by many vendors at different prices, and its name does not tell by whom. Their
 * calls are priced by overrides and stay unpriced without one.
 */
export const CATALOG_VENDORS = {
  openai: ['openai'],
  anthropic: ['anthropic'],
  google: ['google'],
  bedrock: ['aws'],
  // Global deployments cost what OpenAI asks, for models Azure's own list does not name:
  // https://azure.microsoft.com/en-us/pricing/details/cognitive-services/openai-service/
  azure_openai: ['azure', 'openai'],
  // Vertex AI and the Gemini API have one list here; it also holds the partner models of Vertex AI.
  vertex: ['google'],
  azure_foundry: ['azure'],
  mistral: ['mistral'],
  groq: ['groq'],
  cohere: ['cohere'],
  deepseek: ['deepseek'],
  together: ['together'],
  perplexity: ['perplexity'],
  fireworks: ['fireworks'],
  ai21: ['ai21'],
  xai: ['x-ai'],
  // Replicate bills most models by the second of a machine, which no usage object tells.
  replicate: [],
  hugging_face: ['huggingface'],
  ollama: [],
  openai_compatible: [],
} satisfies Required<PriceBook['vendors']>;

import { z } from 'zod';

/** The upstream kinds a provider can be of. `@weir/providers` holds one folder for each. */
export const PROVIDER_TYPES = [
  'openai',
  'anthropic',
  'google',
  'bedrock',
  'azure_openai',
  'vertex',
  'azure_foundry',
  'mistral',
  'groq',
  'cohere',
  'deepseek',
  'together',
  'perplexity',
  'fireworks',
  'ai21',
  'xai',
  'replicate',
  'hugging_face',
  'ollama',
  'openai_compatible',
] as const;
export const providerType = z.enum(PROVIDER_TYPES);
export type ProviderType = z.infer<typeof providerType>;

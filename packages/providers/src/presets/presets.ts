import type { ProviderType } from '@weir/contracts';

/** What sets a hosted OpenAI-compatible API apart from any other. */
export interface Preset {
  readonly type: ProviderType;
  readonly label: string;
  readonly summary: string;
  /** null: every customer has an address of its own. */
  readonly baseUrl: string | null;
  readonly suggestedSecretId: string;
}

export const PRESETS: readonly Preset[] = [
  {
    type: 'mistral',
    label: 'Mistral',
    summary: 'Mistral models through its OpenAI-compatible API.',
    baseUrl: 'https://api.mistral.ai/v1',
    suggestedSecretId: 'MISTRAL_API_KEY',
  },
  {
    type: 'groq',
    label: 'Groq',
    summary: 'Groq models through its OpenAI-compatible API.',
    baseUrl: 'https://api.groq.com/openai/v1',
    suggestedSecretId: 'GROQ_API_KEY',
  },
  {
    type: 'cohere',
    label: 'Cohere',
    summary: 'Cohere models through its OpenAI-compatible API.',
    baseUrl: 'https://api.cohere.ai/compatibility/v1',
    suggestedSecretId: 'COHERE_API_KEY',
  },
  {
    type: 'deepseek',
    label: 'DeepSeek',
    summary: 'DeepSeek models through its OpenAI-compatible API.',
    baseUrl: 'https://api.deepseek.com/v1',
    suggestedSecretId: 'DEEPSEEK_API_KEY',
  },
  {
    type: 'together',
    label: 'Together AI',
    summary: 'Together AI models through its OpenAI-compatible API.',
    baseUrl: 'https://api.together.xyz/v1',
    suggestedSecretId: 'TOGETHER_API_KEY',
  },
  {
    type: 'perplexity',
    label: 'Perplexity',
    summary: 'Perplexity models through its OpenAI-compatible API.',
    baseUrl: 'https://api.perplexity.ai',
    suggestedSecretId: 'PERPLEXITY_API_KEY',
  },
  {
    type: 'fireworks',
    label: 'Fireworks AI',
    summary: 'Fireworks AI models through its OpenAI-compatible API.',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    suggestedSecretId: 'FIREWORKS_API_KEY',
  },
  {
    type: 'ai21',
    label: 'AI21',
    summary: 'AI21 models through its OpenAI-compatible API.',
    baseUrl: 'https://api.ai21.com/studio/v1',
    suggestedSecretId: 'AI21_API_KEY',
  },
  {
    type: 'xai',
    label: 'xAI',
    summary: 'xAI models through its OpenAI-compatible API.',
    baseUrl: 'https://api.x.ai/v1',
    suggestedSecretId: 'XAI_API_KEY',
  },
  {
    type: 'replicate',
    label: 'Replicate',
    summary: 'Replicate models through its OpenAI-compatible API.',
    baseUrl: 'https://api.replicate.com/v1',
    suggestedSecretId: 'REPLICATE_API_TOKEN',
  },
  {
    type: 'hugging_face',
    label: 'Hugging Face',
    summary: 'Hugging Face models through its OpenAI-compatible API.',
    baseUrl: 'https://router.huggingface.co/v1',
    suggestedSecretId: 'HUGGING_FACE_API_KEY',
  },
  {
    type: 'azure_foundry',
    label: 'Azure AI Foundry',
    summary: 'Azure AI Foundry models through its OpenAI-compatible API.',
    baseUrl: null,
    suggestedSecretId: 'AZURE_FOUNDRY_API_KEY',
  },
];

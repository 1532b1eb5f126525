import type { ProviderTypeOption } from './provider-type';

interface Group {
  readonly label: string;
  readonly types: readonly string[];
}

/** In the order people look: what most have, what their cloud offers, then the rest by name. */
const GROUPS: readonly Group[] = [
  { label: 'Most used', types: ['openai', 'anthropic', 'google'] },
  { label: 'Clouds', types: ['bedrock', 'azure_openai', 'azure_foundry', 'vertex'] },
  {
    label: 'Hosted',
    types: [
      'ai21',
      'cohere',
      'deepseek',
      'fireworks',
      'groq',
      'hugging_face',
      'mistral',
      'perplexity',
      'replicate',
      'together',
      'xai',
    ],
  },
];
const REST = 'Your own, and any other';

/** Words people look for that stand in no label: models, companies, servers. */
const ALSO_KNOWN_AS: Readonly<Record<string, string>> = {
  openai: 'gpt chatgpt o3 o4 whisper dall-e sora',
  anthropic: 'claude opus sonnet haiku',
  google: 'gemini ai studio',
  bedrock: 'aws amazon claude nova llama titan',
  azure_openai: 'microsoft gpt entra',
  azure_foundry: 'microsoft ai foundry inference',
  vertex: 'gcp google cloud gemini claude',
  mistral: 'mixtral codestral ministral',
  groq: 'llama lpu',
  cohere: 'command rerank',
  deepseek: 'r1 v3',
  together: 'llama qwen',
  perplexity: 'sonar',
  ai21: 'jamba',
  xai: 'grok',
  hugging_face: 'hf inference endpoints tgi',
  ollama: 'local llama',
  openai_compatible: 'vllm lm studio litellm openrouter llama.cpp sglang any custom self-hosted local other',
};

export interface TypeGroup {
  readonly label: string;
  readonly types: readonly ProviderTypeOption[];
}

/** The types that fit what was typed, in groups; all of them while nothing is typed. Every word must be found. */
export function groupTypes(types: readonly ProviderTypeOption[], search: string): readonly TypeGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ type, label, summary }: ProviderTypeOption) => {
    const text = `${label} ${type} ${summary} ${ALSO_KNOWN_AS[type] ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const fitting = types.filter(fits);
  const grouped = new Set(GROUPS.flatMap((group) => group.types));
  const groups = GROUPS.map((group) => ({
    label: group.label,
    types: group.types.flatMap((type) => fitting.find((option) => option.type === type) ?? []),
  }));
  return [...groups, { label: REST, types: fitting.filter(({ type }) => !grouped.has(type)) }].filter(
    (group) => group.types.length > 0,
  );
}

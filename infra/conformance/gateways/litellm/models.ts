import type { Case, CaseProvider } from '../../case/index.js';
import type { BoundCase } from '../gateway.js';

/** One entry of LiteLLM's `model_list`. */
export interface Deployment {
  readonly model_name: string;
  readonly litellm_params: Readonly<Record<string, string | number | object>>;
}

interface Kind {
  /** What stands before a model's name. */
  readonly prefix: string;
  /** Path of the base URL, where the case names none. */
  readonly basePath: string;
}

/** Provider types that LiteLLM can be pointed at an address of our own for. */
const KINDS: Readonly<Record<string, Kind>> = {
  openai: { prefix: 'openai', basePath: '/v1' },
  openai_compatible: { prefix: 'openai', basePath: '/v1' },
  anthropic: { prefix: 'anthropic', basePath: '' },
  google: { prefix: 'gemini', basePath: '' },
  bedrock: { prefix: 'bedrock', basePath: '' },
  azure_openai: { prefix: 'azure', basePath: '' },
  azure_foundry: { prefix: 'azure_ai', basePath: '' },
  xai: { prefix: 'xai', basePath: '/v1' },
  groq: { prefix: 'groq', basePath: '/openai/v1' },
  mistral: { prefix: 'mistral', basePath: '/v1' },
  deepseek: { prefix: 'deepseek', basePath: '' },
  perplexity: { prefix: 'perplexity', basePath: '' },
  together: { prefix: 'together_ai', basePath: '/v1' },
};

/** Keys of a deployment's own prices. (https://docs.litellm.ai/docs/proxy/custom_pricing) */
const PRICE_KEYS: Readonly<Record<string, string>> = {
  input: 'input_cost_per_token',
  output: 'output_cost_per_token',
  cached_input: 'cache_read_input_token_cost',
  cache_write_5m: 'cache_creation_input_token_cost',
  cache_write_1h: 'cache_creation_input_token_cost_above_1hr',
  audio_input: 'input_cost_per_audio_token',
  audio_output: 'output_cost_per_audio_token',
  cached_audio_input: 'cache_read_input_audio_token_cost',
  image_input: 'input_cost_per_image_token',
  image_output: 'output_cost_per_image_token',
};

export const isKnownType = (type: string): boolean => type in KINDS;
export const isKnownBucket = (bucket: string): boolean => bucket in PRICE_KEYS || bucket === 'web_search';

/** By which a deployment is asked for; nothing of the model's own name is in it that a path or a pattern could trip over. */
export const aliasOf = (index: number, provider: string, models: ReadonlySet<string>, model: string): string =>
  `c${index}-${provider}-${[...models].indexOf(model)}`;

/** A deployment for each model that a case asks for. */
export function deploymentsOf(
  { case: one, origins }: BoundCase,
  index: number,
  models: ReadonlyMap<string, Set<string>>,
) {
  return one.providers.flatMap((provider) =>
    [...(models.get(provider.name) ?? [])].map(
      (model, _, all): Deployment => ({
        model_name: aliasOf(index, provider.name, new Set(all), model),
        litellm_params: {
          ...connection(provider, model, origins.get(provider.name) ?? ''),
          ...prices(one, provider, model),
        },
      }),
    ),
  );
}

function connection({ type, key, settings, basePath }: CaseProvider, model: string, origin: string) {
  const { prefix, basePath: usual } = KINDS[type] as Kind;
  const named = { model: `${prefix}/${model}` };
  if (type === 'bedrock') {
    return {
      ...named,
      aws_bedrock_runtime_endpoint: origin,
      aws_region_name: settings.region ?? 'us-east-1',
      aws_access_key_id: 'AKIACONFORMANCE00001',
      aws_secret_access_key: key,
    };
  }
  // Of a base URL for Gemini LiteLLM wants everything up to the colon.
  const path = type === 'google' ? `/v1beta/models/${model}` : (basePath ?? usual);
  const version = type === 'azure_openai' && { api_version: '2024-10-21' };
  return { ...named, api_base: origin + path, api_key: key, ...version };
}

function prices({ prices: all }: Case, { name }: CaseProvider, model: string): Record<string, number | object> {
  const rates = all.find((price) => price.provider === name && price.model === model)?.usdPerMillion ?? {};
  return Object.fromEntries(
    Object.entries(rates).map(([bucket, rate]) => {
      // Divided as text: 0.3 / 1e6 is no longer 0.3 millionths.
      const each = Number(`${rate}e-6`);
      if (bucket !== 'web_search') return [PRICE_KEYS[bucket] as string, each];
      const sizes = ['low', 'medium', 'high'].map((size) => [`search_context_size_${size}`, each]);
      return ['search_context_cost_per_query', Object.fromEntries(sizes)];
    }),
  );
}

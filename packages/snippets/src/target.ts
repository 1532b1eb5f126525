/** What a guide is made for. */
export interface SnippetTarget {
  /** Provider type, for example `openai`. */
  readonly type: string;
  readonly proxyUrl: string;
  /** null: the guide names a model of the type, which the reader replaces. */
  readonly model: string | null;
  /** With passthrough the app keeps its own upstream key; the gateway token travels beside it. */
  readonly passthrough?: boolean;
  /** The provider's own settings, by name: `region`, `project_id`, `location`, `api_version`. */
  readonly settings?: Readonly<Partial<Record<string, string>>>;
}

/** The API a client speaks to a provider. */
export type Dialect = 'openai' | 'azure_deployment' | 'anthropic' | 'google' | 'vertex' | 'bedrock' | 'replicate';

export const TOKEN_VARIABLE = 'WEIR_TOKEN';

/** Azure's last dated version before its `v1` API made them unnecessary. */
const AZURE_API_VERSION = '2024-10-21';

const FALLBACK_MODELS: Readonly<Record<string, string>> = {
  openai: 'gpt-5-mini',
  azure_openai: 'your-deployment',
  anthropic: 'claude-sonnet-4-6',
  google: 'gemini-2.5-flash',
  vertex: 'gemini-2.5-flash',
  bedrock: 'us.anthropic.claude-sonnet-4-6',
  mistral: 'mistral-small-latest',
  groq: 'llama-3.3-70b-versatile',
  cohere: 'command-a-03-2025',
  deepseek: 'deepseek-chat',
  together: 'meta-llama/Llama-3.3-70B-Instruct-Turbo',
  perplexity: 'sonar',
  fireworks: 'accounts/fireworks/models/llama-v3p3-70b-instruct',
  ai21: 'jamba-large',
  xai: 'grok-4',
  hugging_face: 'openai/gpt-oss-120b',
  ollama: 'llama3.2',
  replicate: 'meta/meta-llama-3-8b-instruct',
};

const KEY_VARIABLES: Readonly<Record<string, string>> = {
  google: 'GEMINI_API_KEY',
  bedrock: 'AWS_BEARER_TOKEN_BEDROCK',
  hugging_face: 'HF_TOKEN',
  replicate: 'REPLICATE_API_TOKEN',
  openai_compatible: 'UPSTREAM_API_KEY',
};

export function dialectOf({ type, settings }: Pick<SnippetTarget, 'type' | 'settings'>): Dialect {
  switch (type) {
    case 'anthropic':
    case 'google':
    case 'vertex':
    case 'bedrock':
    case 'replicate':
      return type;
    case 'azure_openai':
      // Who keeps to a dated version calls by deployment; the v1 API has neither.
      return settings?.api_version === undefined ? 'openai' : 'azure_deployment';
    default:
      return 'openai';
  }
}

/** The model a guide names when none was chosen. */
export function fallbackModel(type: string): string {
  return FALLBACK_MODELS[type] ?? 'your-model';
}

/** The variable an app keeps its own upstream key in, with passthrough. */
export function keyVariable(type: string): string {
  return KEY_VARIABLES[type] ?? `${type.toUpperCase()}_API_KEY`;
}

/** Everything a guide needs, with nothing left open. */
export interface Subject {
  readonly type: string;
  readonly dialect: Dialect;
  readonly model: string;
  /** Without a slash at its end. */
  readonly proxyUrl: string;
  /** What the type's official SDK takes as its base URL. */
  readonly sdkBaseUrl: string;
  readonly passthrough: boolean;
  /** Holds what goes where an SDK's key goes: the token, or with passthrough the app's own upstream key. */
  readonly keyVariable: string;
  readonly region: string;
  readonly project: string;
  readonly location: string;
  readonly apiVersion: string;
}

export function subjectOf(target: SnippetTarget): Subject {
  const { type, passthrough = false, settings = {} } = target;
  return {
    type,
    dialect: dialectOf(target),
    model: target.model ?? fallbackModel(type),
    proxyUrl: withoutSlash(target.proxyUrl),
    sdkBaseUrl: sdkBaseUrl(target),
    passthrough,
    keyVariable: passthrough ? keyVariable(type) : TOKEN_VARIABLE,
    region: settings.region ?? 'us-east-1',
    project: settings.project_id ?? 'your-project',
    location: settings.location ?? 'us-central1',
    apiVersion: settings.api_version ?? AZURE_API_VERSION,
  };
}

/**
 * The base URL a type's official SDK is given. OpenAI's SDKs append `/chat/completions`, so theirs ends in the version;
 * the others append it themselves.
 */
export function sdkBaseUrl(target: Pick<SnippetTarget, 'type' | 'proxyUrl' | 'settings'>): string {
  const proxyUrl = withoutSlash(target.proxyUrl);
  if (dialectOf(target) !== 'openai') return proxyUrl;
  if (target.type === 'perplexity') return proxyUrl;
  if (target.type === 'azure_openai') return `${proxyUrl}/openai/v1`;
  return `${proxyUrl}/v1`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

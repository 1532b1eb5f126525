/** What an app may want of a provider. `messages`: Anthropic's API, whoever serves it. */
export const CAPABILITIES = [
  'chat',
  'streaming',
  'tools',
  'responses',
  'messages',
  'completions',
  'embeddings',
  'rerank',
  'images',
  'audio',
  'models',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Capabilities that are a way of calling another one and have no address of their own. */
export type Feature = 'streaming' | 'tools';

/** One address of an upstream API, as an app calls it. */
export interface ServedEndpoint {
  readonly capability: Exclude<Capability, Feature>;
  /** As usage events name it; `opaque`: relayed and recorded, its usage is not read. */
  readonly endpoint: string;
  readonly method: 'GET' | 'POST';
  /** What follows the proxy URL; `{model}` stands for a model id. */
  readonly path: string;
}

/** What one provider type can serve. */
export interface CapabilityRow {
  readonly serves: readonly ServedEndpoint[];
  readonly features: readonly Feature[];
  /** Why something is not served, where “has none” would not say it all. One sentence. */
  readonly lacks: Readonly<Partial<Record<Capability, string>>>;
  /** What is worth knowing about something that is served. One sentence. */
  readonly notes: Readonly<Partial<Record<Capability, string>>>;
  /** The upstream's own page on it. */
  readonly source: string;
}

/** Paths that most OpenAI-style APIs share. */
export const OPENAI_ENDPOINTS = {
  chat: { capability: 'chat', endpoint: 'chat.completions', method: 'POST', path: 'v1/chat/completions' },
  responses: { capability: 'responses', endpoint: 'responses', method: 'POST', path: 'v1/responses' },
  completions: { capability: 'completions', endpoint: 'completions', method: 'POST', path: 'v1/completions' },
  embeddings: { capability: 'embeddings', endpoint: 'embeddings', method: 'POST', path: 'v1/embeddings' },
  images: { capability: 'images', endpoint: 'images.generations', method: 'POST', path: 'v1/images/generations' },
  speech: { capability: 'audio', endpoint: 'audio.speech', method: 'POST', path: 'v1/audio/speech' },
  transcription: {
    capability: 'audio',
    endpoint: 'audio.transcriptions',
    method: 'POST',
    path: 'v1/audio/transcriptions',
  },
  rerank: { capability: 'rerank', endpoint: 'rerank', method: 'POST', path: 'v1/rerank' },
  models: { capability: 'models', endpoint: 'models', method: 'GET', path: 'v1/models' },
} as const satisfies Record<string, ServedEndpoint>;

export function capabilityRow(
  source: string,
  serves: readonly ServedEndpoint[],
  more: Partial<Pick<CapabilityRow, 'features' | 'lacks' | 'notes'>> = {},
): CapabilityRow {
  return { source, serves, features: ['streaming', 'tools'], lacks: {}, notes: {}, ...more };
}

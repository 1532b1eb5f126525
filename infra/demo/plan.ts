import type { ProviderType } from '@weir/contracts';

/** What a call of the demo asks for; `weight` says how often. */
export interface CallKind {
  readonly weight: number;
  readonly endpoint: 'chat.completions' | 'embeddings' | 'messages';
  readonly model: string;
  readonly streamed: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface DemoProvider {
  readonly name: string;
  readonly displayName: string;
  readonly type: ProviderType;
  readonly secretId: string;
  /** Path of the base URL at the simulator. */
  readonly basePath: string;
  /** What its calls said is kept. */
  readonly isRecorded?: boolean;
  /** Calls that come by themselves; none: only those of the stories that are told. */
  readonly kinds: readonly CallKind[];
}

const chat = (model: string, weight: number, inputTokens: number, outputTokens: number, streamed = true): CallKind => ({
  endpoint: 'chat.completions',
  model,
  weight,
  inputTokens,
  outputTokens,
  streamed,
});
const message = (model: string, weight: number, inputTokens: number, outputTokens: number): CallKind => ({
  ...chat(model, weight, inputTokens, outputTokens),
  endpoint: 'messages',
});

/** The third one serves a model that nobody publishes a price for: its calls are unpriced, which is not free. */
export const PROVIDERS: readonly DemoProvider[] = [
  {
    name: 'openai',
    displayName: 'OpenAI',
    type: 'openai',
    secretId: 'OPENAI_API_KEY',
    basePath: '/v1',
    kinds: [
      chat('gpt-5.4', 3, 2_400, 420),
      chat('gpt-5.4-mini', 6, 1_100, 260),
      chat('gpt-5.4-mini', 2, 900, 180, false),
      { ...chat('text-embedding-3-small', 3, 700, 0, false), endpoint: 'embeddings' },
    ],
  },
  {
    name: 'anthropic',
    displayName: 'Anthropic',
    type: 'anthropic',
    secretId: 'ANTHROPIC_API_KEY',
    basePath: '',
    kinds: [message('claude-sonnet-4-5', 4, 6_500, 700), message('claude-haiku-4-5', 4, 1_900, 300)],
  },
  {
    name: 'local-models',
    displayName: 'Local models',
    type: 'openai_compatible',
    secretId: 'LOCAL_MODELS_KEY',
    basePath: '/v1',
    kinds: [chat('house-llama-70b', 3, 1_300, 350)],
  },
  {
    name: 'anthropic-agents',
    displayName: 'Anthropic, agents',
    type: 'anthropic',
    secretId: 'ANTHROPIC_AGENTS_KEY',
    basePath: '',
    isRecorded: true,
    kinds: [],
  },
  {
    name: 'openai-assistants',
    displayName: 'OpenAI, assistants',
    type: 'openai',
    secretId: 'OPENAI_ASSISTANTS_KEY',
    basePath: '/v1',
    isRecorded: true,
    kinds: [],
  },
];

export interface DemoApp {
  readonly name: string;
  readonly environment: string;
  readonly weight: number;
  readonly providers: readonly string[];
  readonly users: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export const APPS: readonly DemoApp[] = [
  {
    name: 'support-assistant',
    environment: 'production',
    weight: 6,
    providers: ['openai', 'anthropic', 'openai-assistants'],
    users: ['ana', 'ben', 'chidi', 'dora'],
    tags: { team: 'support', channel: 'chat' },
  },
  {
    name: 'code-review',
    environment: 'production',
    weight: 4,
    providers: ['anthropic', 'anthropic-agents'],
    users: ['ci'],
    tags: { team: 'platform' },
  },
  {
    name: 'nightly-summaries',
    environment: 'staging',
    weight: 2,
    providers: ['openai', 'local-models', 'openai-assistants'],
    users: ['scheduler'],
    tags: { team: 'data' },
  },
  {
    name: 'code-agent',
    environment: 'development',
    weight: 0,
    providers: ['anthropic-agents'],
    users: ['mara', 'tom'],
    tags: { team: 'platform' },
  },
  {
    name: 'billing-agent',
    environment: 'production',
    weight: 0,
    providers: ['anthropic-agents'],
    users: ['month-end'],
    tags: { team: 'finance' },
  },
];

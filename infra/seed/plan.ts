import type { ProviderType } from '@weir/contracts';

/** How a model is used, which decides what its upstream states. */
export type ModelKind = 'chat' | 'reasoning' | 'messages' | 'gemini' | 'embedding';

export interface SeedModel {
  readonly name: string;
  readonly kind: ModelKind;
  /** Medians of a call, in tokens. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly weight: number;
  /** Part of the range in which it is called, from 0 to 1. */
  readonly from: number;
  readonly until: number;
}

export interface SeedProvider {
  readonly name: string;
  readonly displayName: string;
  readonly type: ProviderType;
  readonly weight: number;
  readonly models: readonly SeedModel[];
  readonly from: number;
  readonly until: number;
  /** Deleted when everything is stored, so that its calls are of a provider that is gone. */
  readonly isDeleted: boolean;
}

type Span = { readonly from?: number; readonly until?: number };

function model(
  kind: ModelKind,
  name: string,
  weight: number,
  inputTokens: number,
  outputTokens: number,
  { from = 0, until = 1 }: Span = {},
): SeedModel {
  return { kind, name, weight, inputTokens, outputTokens, from, until };
}

const OPENAI = [
  model('chat', 'gpt-4.1', 5, 1_800, 380, { until: 0.7 }),
  model('chat', 'gpt-4.1-mini', 6, 1_100, 260, { until: 0.8 }),
  model('chat', 'gpt-4o', 6, 1_500, 320, { until: 0.6 }),
  model('chat', 'gpt-4o-mini', 9, 900, 220),
  model('reasoning', 'gpt-5', 6, 2_400, 900),
  model('reasoning', 'gpt-5-mini', 8, 1_600, 600),
  model('reasoning', 'gpt-5-nano', 5, 700, 260),
  model('reasoning', 'gpt-5.1', 4, 2_600, 950, { from: 0.1 }),
  model('reasoning', 'gpt-5.2', 4, 2_900, 980, { from: 0.25 }),
  model('reasoning', 'gpt-5.4', 5, 3_200, 1_050, { from: 0.4 }),
  model('reasoning', 'gpt-5.4-mini', 7, 1_800, 640, { from: 0.4 }),
  model('reasoning', 'gpt-5.5', 3, 3_400, 1_100, { from: 0.6 }),
  model('reasoning', 'gpt-5.6-luna', 5, 1_400, 520, { from: 0.7 }),
  model('reasoning', 'gpt-5.6-terra', 4, 3_000, 1_000, { from: 0.7 }),
  model('reasoning', 'o3', 2, 2_200, 1_600, { until: 0.5 }),
  model('reasoning', 'o4-mini', 3, 1_500, 1_200, { until: 0.65 }),
  model('embedding', 'text-embedding-3-small', 10, 420, 0),
];

const CLAUDE = [
  model('messages', 'claude-3-5-haiku-latest', 4, 1_300, 280, { until: 0.3 }),
  model('messages', 'claude-haiku-4-5', 8, 1_900, 340),
  model('messages', 'claude-haiku-5-5', 8, 2_000, 360, { from: 0.75 }),
  model('messages', 'claude-sonnet-4-0', 6, 4_200, 620, { until: 0.35 }),
  model('messages', 'claude-sonnet-4-5', 8, 5_600, 720, { until: 0.85 }),
  model('messages', 'claude-sonnet-5', 7, 6_100, 780, { from: 0.5 }),
  model('messages', 'claude-sonnet-5-5', 6, 6_400, 800, { from: 0.8 }),
  model('messages', 'claude-opus-4-1', 2, 7_500, 1_100, { until: 0.4 }),
  model('messages', 'claude-opus-4-5', 3, 8_200, 1_200, { from: 0.2 }),
];

const GEMINI = [
  model('gemini', 'gemini-2.0-flash', 5, 1_200, 300, { until: 0.45 }),
  model('gemini', 'gemini-2.5-flash', 8, 1_700, 420),
  model('gemini', 'gemini-2.5-flash-lite', 7, 900, 240),
  model('gemini', 'gemini-2.5-pro', 4, 3_800, 1_200),
  model('gemini', 'gemini-3-flash-preview', 4, 2_000, 520, { from: 0.35 }),
  model('gemini', 'gemini-3-pro-preview', 3, 4_400, 1_400, { from: 0.35 }),
  model('gemini', 'gemini-3.1-flash-lite', 5, 1_000, 260, { from: 0.6 }),
  model('gemini', 'gemini-3.5-flash', 4, 2_200, 560, { from: 0.75 }),
  model('embedding', 'gemini-embedding-001', 6, 380, 0),
];

const MISTRAL = [
  model('chat', 'codestral-2508', 5, 2_600, 180),
  model('chat', 'mistral-large-2512', 4, 2_100, 480, { from: 0.2 }),
  model('chat', 'mistral-medium-3-1', 5, 1_700, 400),
  model('chat', 'mistral-small-2603', 6, 1_000, 260, { from: 0.45 }),
  model('chat', 'ministral-8b-2512', 4, 600, 150),
  model('chat', 'pixtral-large', 1, 2_800, 300),
  model('embedding', 'mistral-embed', 4, 350, 0),
];

const GROQ = [
  model('chat', 'llama-3.3-70b-versatile', 5, 1_300, 360),
  model('chat', 'llama-3.1-8b-instant', 6, 700, 190),
  model('chat', 'openai/gpt-oss-120b', 4, 1_500, 480, { from: 0.15 }),
  model('chat', 'openai/gpt-oss-20b', 3, 900, 300, { from: 0.15 }),
  model('chat', 'qwen/qwen3-32b', 3, 1_200, 420),
  model('chat', 'meta-llama/llama-4-scout-17b-16e-instruct', 2, 1_100, 260),
];

const GROK = [
  model('chat', 'grok-3', 2, 1_900, 460, { until: 0.7 }),
  model('reasoning', 'grok-3-mini', 3, 1_100, 520),
  model('reasoning', 'grok-4-0709', 3, 2_600, 1_000),
  model('reasoning', 'grok-4-fast-reasoning', 4, 1_500, 600),
  model('reasoning', 'grok-4.20', 2, 2_300, 800, { from: 0.6 }),
  model('chat', 'grok-code-fast-1', 3, 3_200, 340),
];

const TOGETHER = [
  model('chat', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', 4, 1_300, 340),
  model('chat', 'meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo', 4, 800, 200),
];

/** Nobody publishes a price for them: their calls are unpriced, which is not free. */
const OWN = [
  model('chat', 'house-llama-70b', 4, 1_200, 340),
  model('chat', 'house-mixtral', 3, 900, 280),
  model('chat', 'house-coder', 2, 2_400, 220),
  model('embedding', 'house-embed', 3, 400, 0),
];

function provider(
  name: string,
  displayName: string,
  type: ProviderType,
  weight: number,
  models: readonly SeedModel[],
  { from = 0, until = 1 }: Span = {},
): SeedProvider {
  return { name, displayName, type, weight, models, from, until, isDeleted: until < 1 };
}

export const PROVIDERS: readonly SeedProvider[] = [
  provider('openai-prod', 'OpenAI', 'openai', 9, OPENAI),
  provider('openai-eu', 'OpenAI, EU residency', 'openai', 4, OPENAI),
  provider('openai-research', 'OpenAI, research', 'openai', 2, OPENAI),
  provider('openai-batch', 'OpenAI, old batch account', 'openai', 2, OPENAI, { until: 0.55 }),
  provider('anthropic-main', 'Anthropic', 'anthropic', 8, CLAUDE),
  provider('anthropic-labs', 'Anthropic, labs', 'anthropic', 2, CLAUDE),
  provider('google-ai', 'Google AI', 'google', 5, GEMINI),
  provider('mistral', 'Mistral', 'mistral', 3, MISTRAL),
  provider('groq', 'Groq', 'groq', 3, GROQ),
  provider('xai', 'xAI', 'xai', 2, GROK, { from: 0.5 }),
  provider('together', 'Together', 'together', 1, TOGETHER, { until: 0.7 }),
  provider('local-models', 'Local models', 'openai_compatible', 2, OWN),
];

export interface SeedApp {
  readonly name: string;
  readonly environment: string;
  readonly team: string;
  readonly costCenter: string;
  readonly features: readonly string[];
  readonly agents: readonly string[];
  readonly weight: number;
  /** Its people: this many of all users, from that one on; none = it calls for nobody in particular. */
  readonly users: { readonly first: number; readonly count: number };
}

export const USERS = 2_000;

const TEAMS = ['support', 'search', 'platform', 'data', 'growth', 'finance', 'legal', 'mobile'];
const PURPOSES: readonly { readonly name: string; readonly agents: readonly string[]; readonly users: number }[] = [
  { name: 'assistant', agents: ['planner', 'writer', 'researcher'], users: 420 },
  { name: 'review', agents: ['reviewer'], users: 130 },
  { name: 'summaries', agents: [], users: 0 },
  { name: 'classifier', agents: [], users: 0 },
  { name: 'workbench', agents: ['coder', 'tester'], users: 60 },
];

/** Every team has an app of every purpose; the first ones of both lists are called most. */
export const APPS: readonly SeedApp[] = PURPOSES.flatMap((purpose, p) =>
  TEAMS.map((team, t) => {
    const index = p * TEAMS.length + t;
    return {
      name: `${team}-${purpose.name}`,
      environment: environmentOf(index),
      team,
      costCenter: `cc-${410 + t * 10}`,
      features: [`${purpose.name}-v1`, `${purpose.name}-v2`, 'experiments'],
      agents: purpose.agents.map((agent) => `${team}-${agent}`),
      weight: 1 / (1 + p + t * 0.7),
      users: { first: (index * 173) % USERS, count: purpose.users },
    };
  }),
);

function environmentOf(index: number): string {
  if (index % 11 === 5) return 'development';
  return index % 7 === 3 ? 'staging' : 'production';
}

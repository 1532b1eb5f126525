import type { Geography } from './geographies.js';

/** How one model, or a line of models, can be called. */
export interface ModelRow {
  /** Matches the beginning of a bare id. */
  readonly pattern: RegExp;
  readonly family: string;
  /** Under its bare id: in every region that has it, in some of them, or in none. */
  readonly bare: 'all' | 'some' | 'none';
  /** Geographies with a system-defined profile of it. */
  readonly profiles: readonly Geography[];
}

/**
 * First match counts. Out of AWS's model cards, its table of profiles and what ListFoundationModels answers under
 * `inferenceTypesSupported`, as of 2026-11-21.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-cards.html,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html,
 * https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock)
 */
export const ROWS: readonly ModelRow[] = [
  row(/anthropic\.claude-(?:instant|v2)/, 'Claude', 'all', []),
  row(/anthropic\.claude-3-haiku/, 'Claude Haiku', 'all', ['us', 'us-gov', 'eu', 'apac']),
  row(/anthropic\.claude-3-sonnet/, 'Claude Sonnet', 'all', ['us', 'eu', 'apac']),
  row(/anthropic\.claude-3-opus/, 'Claude Opus', 'some', ['us']),
  row(/anthropic\.claude-3-5-sonnet/, 'Claude Sonnet', 'some', ['us', 'us-gov', 'eu', 'apac']),
  row(/anthropic\.claude-3-5-haiku/, 'Claude Haiku', 'some', ['us']),
  // From here on Claude is served through profiles only.
  row(/anthropic\.claude-3-7-sonnet/, 'Claude Sonnet', 'none', ['us', 'us-gov', 'eu', 'apac']),
  row(/anthropic\.claude-sonnet-4-\d{8}/, 'Claude Sonnet', 'none', ['us', 'eu', 'apac', 'global']),
  row(/anthropic\.claude-sonnet-4-5/, 'Claude Sonnet', 'none', ['us', 'us-gov', 'eu', 'jp', 'au', 'global']),
  row(/anthropic\.claude-sonnet/, 'Claude Sonnet', 'none', ['us', 'eu', 'jp', 'au', 'global']),
  row(/anthropic\.claude-haiku/, 'Claude Haiku', 'none', ['us', 'eu', 'jp', 'au', 'global']),
  row(/anthropic\.claude-opus-4-(?:1-)?\d{8}/, 'Claude Opus', 'none', ['us']),
  row(/anthropic\.claude-opus-4-5/, 'Claude Opus', 'none', ['us', 'eu', 'global']),
  row(/anthropic\.claude-opus-4-6/, 'Claude Opus', 'none', ['us', 'eu', 'au', 'global']),
  row(/anthropic\.claude-opus/, 'Claude Opus', 'none', ['us', 'eu', 'jp', 'au', 'global']),
  row(/anthropic\.claude/, 'Claude', 'none', ['us', 'global']),
  row(/amazon\.nova-premier/, 'Amazon Nova', 'none', ['us']),
  row(/amazon\.nova-2-lite/, 'Amazon Nova', 'none', ['us', 'eu', 'jp', 'global']),
  row(/amazon\.nova-(?:lite|pro)/, 'Amazon Nova', 'some', ['us', 'us-gov', 'ca', 'eu', 'apac']),
  row(/amazon\.nova-micro/, 'Amazon Nova', 'some', ['us', 'eu', 'apac']),
  row(/amazon\.nova/, 'Amazon Nova', 'all', []),
  row(/amazon\.titan/, 'Amazon Titan', 'all', []),
  row(/amazon\.rerank/, 'Amazon Rerank', 'all', []),
  row(/meta\.llama4-/, 'Llama', 'none', ['us']),
  row(/meta\.llama3-3-/, 'Llama', 'some', ['us']),
  row(/meta\.llama3-2-(?:1b|3b)-/, 'Llama', 'none', ['us', 'eu']),
  row(/meta\.llama3-2-/, 'Llama', 'none', ['us']),
  row(/meta\.llama3-1-/, 'Llama', 'some', ['us']),
  row(/meta\.llama/, 'Llama', 'all', []),
  row(/mistral\.pixtral-large/, 'Mistral', 'none', ['us', 'eu']),
  row(/mistral\./, 'Mistral', 'all', []),
  row(/deepseek\.r1/, 'DeepSeek', 'none', ['us']),
  row(/deepseek\./, 'DeepSeek', 'all', []),
  row(/writer\.palmyra-x[45]/, 'Palmyra', 'none', ['us']),
  row(/cohere\.embed-v4/, 'Cohere', 'some', ['us', 'eu', 'global']),
  row(/cohere\./, 'Cohere', 'all', []),
  row(/ai21\./, 'Jamba', 'all', []),
  row(/openai\.gpt-oss/, 'GPT-OSS', 'all', []),
  row(/openai\.gpt-(?:5\.6|[6-9])/, 'GPT', 'none', ['us', 'global']),
  row(/moonshotai\.kimi-k3/, 'Kimi', 'none', ['us', 'global']),
  row(/moonshot(?:ai)?\./, 'Kimi', 'all', []),
  row(/xai\.grok-4\.[67]/, 'Grok', 'none', ['us', 'global']),
  row(/zai\.glm-5\.3/, 'GLM', 'none', ['us', 'global']),
  row(/zai\./, 'GLM', 'all', []),
  row(/google\.gemma/, 'Gemma', 'all', []),
  row(/qwen\./, 'Qwen', 'all', []),
  row(/minimax\./, 'MiniMax', 'all', []),
  row(/nvidia\./, 'Nemotron', 'all', []),
  row(/stability\./, 'Stability AI', 'some', ['us']),
  row(/twelvelabs\./, 'TwelveLabs', 'some', ['us', 'eu', 'apac', 'global']),
];

function row(prefix: RegExp, family: string, bare: ModelRow['bare'], profiles: readonly Geography[]): ModelRow {
  return { pattern: new RegExp(`^${prefix.source}`), family, bare, profiles };
}

interface ModelKind {
  readonly pattern: RegExp;
  readonly probe: 'embeddings' | 'chat';
  /** Name of the output limit; OpenAI's reasoning models refuse the older one. */
  readonly outputLimit: 'max_completion_tokens' | 'max_tokens';
}

/** First match counts. */
const MODEL_KINDS: readonly ModelKind[] = [
  { pattern: /embed/i, probe: 'embeddings', outputLimit: 'max_tokens' },
  { pattern: /^(?:gpt-|o\d|chatgpt-|ft:)/i, probe: 'chat', outputLimit: 'max_completion_tokens' },
  { pattern: /^/, probe: 'chat', outputLimit: 'max_tokens' },
];

export function kindOf(model: string): ModelKind {
  return MODEL_KINDS.find(({ pattern }) => pattern.test(model)) as ModelKind;
}

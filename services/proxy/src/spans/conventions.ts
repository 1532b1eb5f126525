import type { SpanCategory } from '@weir/contracts';
import type { AttributeValue } from './otlp/span.js';

type Values = ReadonlyMap<string, AttributeValue>;

/** Names under which the conventions state one thing, the current name first. */
export const STATED_AS = {
  conversationId: [
    ...['gen_ai.conversation.id', 'session.id', 'langfuse.session.id'],
    ...['conversation_id', 'session_id', 'thread_id'].map((name) => `traceloop.association.properties.${name}`),
    ...['ai.telemetry.metadata.conversationId', 'ai.telemetry.metadata.sessionId', 'thread.id'],
  ],
  user: [
    ...['user.id', 'enduser.id', 'langfuse.user.id', 'traceloop.association.properties.user_id'],
    'ai.telemetry.metadata.userId',
  ],
  agent: ['gen_ai.agent.name', 'agent.name', 'ai.telemetry.functionId'],
  tool: ['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name'],
  requestedModel: [
    ...['gen_ai.request.model', 'llm.model_name', 'ai.model.id', 'embedding.model_name', 'reranker.model_name'],
  ],
  servedModel: ['gen_ai.response.model', 'ai.response.model'],
  responseId: ['gen_ai.response.id', 'ai.response.id'],
  requestId: ['http.response.header.x-weir-request-id'],
  errorType: ['error.type'],
} as const;

export const COUNTED_AS = {
  inputTokens: [
    ...['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt'],
    ...['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
  ],
  outputTokens: [
    ...['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.token_count.completion'],
    ...['ai.usage.outputTokens', 'ai.usage.completionTokens'],
  ],
} as const;

const CATEGORY_OF: Readonly<Record<string, Readonly<Record<string, SpanCategory>>>> = {
  'gen_ai.operation.name': {
    ...{ chat: 'model', text_completion: 'model', generate_content: 'model', embeddings: 'model' },
    ...{ execute_tool: 'tool', invoke_agent: 'agent', create_agent: 'agent', invoke_workflow: 'agent' },
    retrieval: 'retrieval',
  },
  'openinference.span.kind': {
    ...{ LLM: 'model', EMBEDDING: 'model', TOOL: 'tool', AGENT: 'agent', RETRIEVER: 'retrieval' },
    ...{ RERANKER: 'retrieval', CHAIN: 'step', GUARDRAIL: 'step', EVALUATOR: 'step', PROMPT: 'step' },
  },
  'traceloop.span.kind': { agent: 'agent', tool: 'tool', workflow: 'step', task: 'step' },
  'llm.request.type': { chat: 'model', completion: 'model', embedding: 'model', rerank: 'retrieval' },
};

/** What the span is about; `step` where no convention tells. @param isClient it is the asking side of a request */
export function categoryOf(values: Values, isClient: boolean): SpanCategory {
  const operation = values.get('ai.operationId');
  if (typeof operation === 'string') {
    if (operation === 'ai.toolCall') return 'tool';
    // Around each request to a model there is a span with the same figures once more.
    return /\.do[A-Z]\w*$/.test(operation) ? 'model' : 'step';
  }
  for (const [name, categories] of Object.entries(CATEGORY_OF)) {
    const value = values.get(name);
    if (typeof value === 'string' && Object.hasOwn(categories, value)) return categories[value] as SpanCategory;
  }
  const isOfModel =
    values.has('gen_ai.request.model') && (values.has('gen_ai.system') || values.has('gen_ai.provider.name'));
  if (isOfModel && isClient) return 'model';
  return isClient && (values.has('http.request.method') || values.has('http.method')) ? 'http' : 'step';
}

/** The first of the names that says something, as text of at most 255 characters; a list's first value stands for it. */
export function statedText(values: Values, names: readonly string[]): string | null {
  for (const name of names) {
    const value = values.get(name);
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined && first !== '') return String(first).slice(0, 255);
  }
  return null;
}

/** The first of the names with a count; null = none has. */
export function statedCount(values: Values, names: readonly string[]): number | null {
  for (const name of names) {
    const value = values.get(name);
    const number = typeof value === 'string' && value !== '' ? Number(value) : value;
    if (typeof number === 'number' && number >= 0 && Number.isFinite(number)) return number;
  }
  return null;
}

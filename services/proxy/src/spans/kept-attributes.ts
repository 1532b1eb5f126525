/**
 * Every attribute of a span or a resource that is kept; no other one is read, so that what was said cannot slip in under a
 * name nobody thought of. Conventions: OpenTelemetry GenAI and its older names, OpenInference, OpenLLMetry, Vercel's AI SDK.
 */
const KEPT: ReadonlySet<string> = new Set([
  ...names('gen_ai', [
    ...['operation.name', 'provider.name', 'system', 'conversation.id', 'agent.id', 'agent.name', 'agent.version'],
    ...['request.model', 'request.max_tokens', 'request.temperature', 'request.top_p', 'request.top_k', 'request.seed'],
    ...['request.choice.count', 'request.frequency_penalty', 'request.presence_penalty', 'request.stream'],
    ...['response.id', 'response.model', 'response.finish_reasons', 'response.time_to_first_chunk', 'output.type'],
    ...['usage.input_tokens', 'usage.output_tokens', 'usage.prompt_tokens', 'usage.completion_tokens'],
    ...['usage.cache_read.input_tokens', 'usage.cache_creation.input_tokens', 'usage.cache_read_input_tokens'],
    ...['usage.cache_creation_input_tokens', 'usage.reasoning.output_tokens', 'usage.reasoning_tokens'],
    ...['usage.total_tokens', 'tool.name', 'tool.type', 'tool.call.id', 'data_source.id', 'embeddings.dimension.count'],
    ...['workflow.name', 'evaluation.name'],
  ]),
  ...['openai.api.type', 'openai.request.service_tier', 'openai.response.service_tier'],
  ...['aws.bedrock.guardrail.id', 'aws.bedrock.knowledge_base.id', 'azure.resource_provider.namespace'],
  ...names('mcp', ['method.name', 'protocol.version', 'session.id']),
  ...[
    'openinference.span.kind',
    'agent.name',
    'tool.name',
    'tool_call.id',
    'embedding.model_name',
    'reranker.model_name',
  ],
  ...names('llm', [
    ...['model_name', 'provider', 'system', 'request.type', 'usage.total_tokens', 'is_streaming'],
    ...['token_count.prompt', 'token_count.completion', 'token_count.total'],
    ...['token_count.prompt_details.cache_read', 'token_count.prompt_details.cache_write'],
    ...['token_count.completion_details.reasoning'],
  ]),
  ...names('traceloop', ['span.kind', 'workflow.name', 'entity.name', 'entity.path', 'entity.version']),
  ...names('traceloop.association.properties', ['session_id', 'conversation_id', 'thread_id', 'user_id']),
  ...names('ai', [
    ...['operationId', 'model.id', 'model.provider', 'telemetry.functionId', 'toolCall.id', 'toolCall.name'],
    ...['response.id', 'response.model', 'response.finishReason', 'response.msToFirstChunk', 'response.msToFinish'],
    ...['usage.promptTokens', 'usage.completionTokens', 'usage.inputTokens', 'usage.outputTokens', 'usage.totalTokens'],
    ...['usage.cachedInputTokens', 'usage.reasoningTokens', 'usage.tokens', 'settings.maxRetries', 'settings.maxSteps'],
    ...['telemetry.metadata.sessionId', 'telemetry.metadata.userId', 'telemetry.metadata.conversationId'],
  ]),
  ...['session.id', 'langfuse.session.id', 'langfuse.user.id', 'user.id', 'enduser.id', 'thread.id'],
  ...names('http', [
    'request.method',
    'response.status_code',
    'method',
    'status_code',
    'route',
    'request.resend_count',
  ]),
  ...['http.response.header.x-weir-request-id', 'server.address', 'server.port', 'net.peer.name', 'net.peer.port'],
  ...['url.scheme', 'network.protocol.name', 'network.protocol.version', 'peer.service'],
  ...[
    'rpc.system',
    'rpc.service',
    'rpc.method',
    'db.system',
    'db.system.name',
    'db.operation.name',
    'db.collection.name',
  ],
  ...['messaging.system', 'messaging.operation.name', 'messaging.operation.type', 'error.type', 'code.function.name'],
  ...names('service', ['name', 'version', 'namespace', 'instance.id']),
  ...['deployment.environment', 'deployment.environment.name'],
  ...names('telemetry.sdk', ['name', 'language', 'version']),
]);

function names(prefix: string, rest: readonly string[]): string[] {
  return rest.map((name) => `${prefix}.${name}`);
}

export const isKept = (name: string): boolean => KEPT.has(name);

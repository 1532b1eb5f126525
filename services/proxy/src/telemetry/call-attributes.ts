import type { UsageEvent } from '@weir/contracts';
import type { Attributes } from '@weir/telemetry';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { errorTypeOf, providerNameOf } from './semantics.js';

/** As the route is declared: no name, model or id of anybody. */
export const ROUTE = '/llm/v1/providers/{provider}/*';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** `http.request.method`, whose other values a client could make up. */
export const methodOf = (method: string): string => (METHODS.has(method) ? method : '_OTHER');

const addresses = new WeakMap<ServedProvider, readonly [string, number]>();

/** Where a provider's calls go. */
function addressOf(provider: ServedProvider): readonly [string, number] {
  let address = addresses.get(provider);
  if (address === undefined) {
    const { hostname, port, protocol } = new URL(provider.config.baseUrl);
    address = [hostname, Number(port) || (protocol === 'http:' ? 80 : 443)];
    addresses.set(provider, address);
  }
  return address;
}

function identityOf(event: UsageEvent): Attributes {
  return {
    'weir.provider': event.provider,
    'weir.app': event.app,
    'weir.environment': event.environment,
    'weir.endpoint': event.endpoint,
    'weir.outcome': event.outcome,
  };
}

/**
 * What server spans of calls that are alike have in common.
 * @param code of the refusal where there is no event: nobody known has called
 */
export function serverAttributes(
  method: string,
  status: number | null,
  event: UsageEvent | null,
  code: string | null,
): Attributes {
  const attributes: Attributes = {
    'http.request.method': methodOf(method),
    'http.route': ROUTE,
    ...(event === null ? {} : identityOf(event)),
  };
  if (status !== null) attributes['http.response.status_code'] = status;
  const error = code ?? (event && errorTypeOf(event));
  if (error !== null) attributes['error.type'] = error;
  return attributes;
}

/** What is on the server span of one call alone. */
export function ownServerAttributes(event: UsageEvent): Attributes {
  const attributes: Attributes = { 'weir.request_id': event.callId, 'weir.event_id': event.eventId };
  if (event.attempt > 1) attributes['weir.attempt'] = event.attempt;
  return attributes;
}

/** What the metrics of a call are split by: few values each, whoever calls. */
export function operationAttributes(event: UsageEvent, provider: ServedProvider, operation: string): Attributes {
  const [address, port] = addressOf(provider);
  const attributes: Attributes = {
    'gen_ai.operation.name': operation,
    'gen_ai.provider.name': providerNameOf(event.providerType),
    'server.address': address,
    'server.port': port,
  };
  // A name that no upstream has answered to may be anything.
  const isKnown = event.servedModel !== null || (event.upstreamStatus ?? 500) < 300;
  if (event.requestedModel !== null && isKnown) attributes['gen_ai.request.model'] = event.requestedModel;
  if (event.servedModel !== null) attributes['gen_ai.response.model'] = event.servedModel;
  const error = errorTypeOf(event);
  if (error !== null) attributes['error.type'] = error;
  return attributes;
}

/** What client spans of calls that are alike have in common. */
export function clientAttributes(event: UsageEvent, provider: ServedProvider, operation: string | null): Attributes {
  const [address, port] = addressOf(provider);
  const attributes: Attributes =
    operation === null
      ? { 'server.address': address, 'server.port': port, 'http.request.method': methodOf(event.method) }
      : operationAttributes(event, provider, operation);
  Object.assign(attributes, identityOf(event));
  const error = errorTypeOf(event);
  if (error !== null) attributes['error.type'] = error;
  if (event.upstreamStatus !== null) attributes['http.response.status_code'] = event.upstreamStatus;
  if (operation === null) return attributes;
  if (event.requestedModel !== null) attributes['gen_ai.request.model'] = event.requestedModel;
  if (event.streamed) attributes['gen_ai.request.stream'] = true;
  attributes['weir.usage.source'] = event.usageSource;
  return attributes;
}

/**
 * What is on the client span of one attempt alone.
 * @param firstChunkSeconds from when the upstream was asked; null = not streamed, or none came
 */
export function ownClientAttributes(
  event: UsageEvent,
  isOperation: boolean,
  firstChunkSeconds: number | null,
): Attributes {
  const attributes: Attributes = { 'weir.request_id': event.callId, 'weir.event_id': event.eventId };
  if (event.upstreamRequestId !== null) attributes['weir.upstream_request_id'] = event.upstreamRequestId;
  if (event.abortAction !== null) attributes['weir.abort_action'] = event.abortAction;
  if (!isOperation) return attributes;
  if (event.conversation !== null) attributes['gen_ai.conversation.id'] = event.conversation;
  if (firstChunkSeconds !== null) attributes['gen_ai.response.time_to_first_chunk'] = firstChunkSeconds;
  addUsage(attributes, event.meters);
  return attributes;
}

/** What is not known is left out. The conventions count everything read as input, what came from or went to a cache too. */
function addUsage(attributes: Attributes, meters: UsageEvent['meters']): void {
  const { cachedInput, output, reasoning } = meters;
  const [input, written] = [inputTokens(meters), cacheWrites(meters)];
  if (input !== null) attributes['gen_ai.usage.input_tokens'] = input;
  if (output !== undefined) attributes['gen_ai.usage.output_tokens'] = output;
  if (cachedInput !== undefined) attributes['gen_ai.usage.cache_read.input_tokens'] = cachedInput;
  if (written !== null) attributes['gen_ai.usage.cache_creation.input_tokens'] = written;
  if (reasoning !== undefined) attributes['gen_ai.usage.reasoning.output_tokens'] = reasoning;
}

function cacheWrites({ cacheWrite5m, cacheWrite1h, cacheWriteUnknown }: UsageEvent['meters']): number | null {
  if (cacheWrite5m === undefined && cacheWrite1h === undefined && cacheWriteUnknown === undefined) return null;
  return (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0) + (cacheWriteUnknown ?? 0);
}

/** Everything the upstream read; null = not known. */
export function inputTokens(meters: UsageEvent['meters']): number | null {
  if (meters.input === undefined) return null;
  return meters.input + (meters.cachedInput ?? 0) + (cacheWrites(meters) ?? 0);
}

import type { ProviderTypeDefinition } from '@weir/providers';

/** An endpoint of a type, as an app calls it. */
export interface Endpoint {
  /** As usage events name it. */
  readonly name: string;
  /** What follows the proxy URL. */
  readonly path: string;
}

/** Calls that the APIs behind any of the types know; a type has those that its dialect has a name for. */
const KNOWN_CALLS: ReadonlyArray<readonly [method: 'GET' | 'POST', path: string, capability: string | null]> = [
  ['GET', 'v1/models', null],
  ['GET', 'v1beta/models', null],
  ['POST', 'v1/chat/completions', 'chat'],
  ['POST', 'v1/completions', 'completions'],
  ['POST', 'v1/responses', 'responses'],
  ['POST', 'v1/embeddings', 'embeddings'],
  ['POST', 'v1/images/generations', 'images'],
  ['POST', 'v1/audio/speech', 'audio'],
  ['POST', 'v1/audio/transcriptions', 'audio'],
  ['POST', 'v1/messages', 'chat'],
  ['POST', 'v1/messages/count_tokens', null],
  ['POST', 'v1beta/models/{model}:generateContent', 'chat'],
  ['POST', 'v1beta/models/{model}:streamGenerateContent', 'streaming'],
  ['POST', 'v1beta/models/{model}:countTokens', null],
  ['POST', 'v1beta/models/{model}:embedContent', 'embeddings'],
  ['POST', 'model/{model}/converse', 'chat'],
  ['POST', 'model/{model}/converse-stream', 'streaming'],
  ['POST', 'model/{model}/invoke', 'chat'],
  ['POST', 'model/{model}/invoke-with-response-stream', 'streaming'],
];

const callsOf = (definition: ProviderTypeDefinition) =>
  KNOWN_CALLS.map(([method, path, capability]) => ({
    name: definition.endpointOf(method, path.replace('{model}', 'm')),
    path,
    capability,
  })).filter(({ name }) => name !== 'opaque');

/** Endpoints of a type that are metered or answered by name, the first spelling of each. */
export function endpointsOf(definition: ProviderTypeDefinition): Endpoint[] {
  const byName = new Map<string, Endpoint>();
  for (const { name, path } of callsOf(definition)) if (!byName.has(name)) byName.set(name, { name, path });
  return [...byName.values()];
}

/** What a type can serve. Every dialect of a chat streams it. */
export function capabilitiesOf(definition: ProviderTypeDefinition): string[] {
  const found = callsOf(definition).flatMap(({ capability }) =>
    capability === 'chat' ? ['chat', 'streaming'] : (capability ?? []),
  );
  return [...new Set(found)];
}

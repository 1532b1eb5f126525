import type { CredentialKind, ProviderType } from '@weir/contracts';
import { providerTypeOf } from '../registry.js';
import { CAPABILITIES, type Capability } from './capability.js';
import { servedBy } from './model-kind.js';
import { capabilityRowOf } from './rows.js';

/** What one provider is made of, as far as it decides what can be called. */
export interface ProviderScope {
  readonly type: ProviderType;
  /** Models it exposes; empty = all. */
  readonly models: readonly string[];
  /** null: none is chosen yet, or callers bring their own. */
  readonly credentialKind: CredentialKind | null;
  readonly passthrough: boolean;
}

export interface EndpointAvailability {
  readonly capability: Capability;
  /** As usage events name it; null when it is not served. */
  readonly endpoint: string | null;
  readonly method: 'GET' | 'POST' | null;
  /** What follows the proxy URL; null when it is not served at all, or not at an address of its own. */
  readonly path: string | null;
  readonly isServed: boolean;
  /** Usage is read from its answers; model lists have none. */
  readonly isMetered: boolean;
  /** Why not, or what is worth knowing. One sentence; null when there is nothing to say. */
  readonly reason: string | null;
}

const NOUNS: Readonly<Record<Capability, string>> = {
  chat: 'chat endpoint',
  streaming: 'streaming',
  tools: 'tool calls',
  responses: 'Responses API',
  messages: 'Anthropic Messages API',
  completions: 'text completions endpoint',
  embeddings: 'embeddings endpoint',
  rerank: 'rerank endpoint',
  images: 'image generation endpoint',
  audio: 'speech or transcription endpoint',
  models: 'model list',
};

/** What is said aloud comes without usage, unless it is streamed as events. */
const UNREAD: ReadonlySet<string> = new Set(['opaque', 'audio.speech']);
const NOT_READ = 'Calls are relayed and recorded; their usage is not read, so they have no price.';

/** What a provider of this type, with these models and this credential, can serve; one row for each address. */
export function availabilityOf(scope: ProviderScope): EndpointAvailability[] {
  return CAPABILITIES.flatMap((capability) => availabilityIn(scope, capability));
}

/** What a type can serve, whatever the models. */
export function capabilitiesOf(type: ProviderType): Capability[] {
  const { serves, features } = capabilityRowOf(type);
  const served = new Set<Capability>([...serves.map(({ capability }) => capability), ...features]);
  return CAPABILITIES.filter((capability) => served.has(capability));
}

function availabilityIn(scope: ProviderScope, capability: Capability): EndpointAvailability[] {
  const row = capabilityRowOf(scope.type);
  const endpoints = row.serves.filter((served) => served.capability === capability);
  const isFeature = capability === 'streaming' || capability === 'tools';
  const hasIt = isFeature ? row.features.includes(capability) : endpoints.length > 0;
  const fault = hasIt
    ? (credentialFault(scope) ?? modelFault(scope, capability))
    : (row.lacks[capability] ?? `${providerTypeOf(scope.type).label} has no ${NOUNS[capability]}.`);
  const note = row.notes[capability] ?? null;
  if (endpoints.length === 0) {
    const none = { endpoint: null, method: null, path: null, isMetered: false };
    return [{ capability, ...none, isServed: fault === null, reason: fault ?? note }];
  }
  return endpoints.map(({ endpoint, method, path }) => {
    const isRead = !UNREAD.has(endpoint);
    return {
      ...{ capability, endpoint, method, path },
      isServed: fault === null,
      isMetered: isRead && capability !== 'models',
      reason: fault ?? note ?? (isRead ? null : NOT_READ),
    };
  });
}

function credentialFault({ type, credentialKind, passthrough }: ProviderScope): string | null {
  if (passthrough || credentialKind === null) return null;
  const { label, credentialForms } = providerTypeOf(type);
  if (credentialForms.some(({ kind }) => kind === credentialKind)) return null;
  if (credentialKind === 'none') return `${label} answers nobody without a credential.`;
  return `${label} does not take this kind of credential.`;
}

/** An allow-list that no model of the right kind is on. */
function modelFault({ models }: ProviderScope, capability: Capability): string | null {
  if (models.length === 0 || capability === 'models') return null;
  if (models.some((model) => servedBy(model).includes(capability))) return null;
  return `None of the listed models is made for it: ${models.slice(0, 3).join(', ')}${models.length > 3 ? ', …' : ''}.`;
}

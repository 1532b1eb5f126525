import type { ProviderTypeDefinition, RequestFacts } from '@weir/providers';
import { MODEL_KEYS, scanJson } from './json-scan.js';

/** What a request body says, as far as the proxy acts on it. */
export interface Inspection {
  /** Why the body could not be read, for people; null when it was. */
  readonly fault: string | null;
  readonly facts: RequestFacts | null;
  /** Every model some upstream might serve the call with; null when that cannot be told for certain. */
  readonly models: readonly string[] | null;
  /** Bytes to send in place of the body so that a stream reports its usage. */
  readonly replacement: Buffer | null;
}

export type InspectInput = Readonly<{ endpoint: string; callPath: string; body: Buffer }>;

/** Parses a JSON body once. Never throws: a body that cannot be read is a finding, not a failure. */
export function inspect(dialect: ProviderTypeDefinition, { endpoint, callPath, body }: InspectInput): Inspection {
  const scan = scanJson(body);
  if (scan.tooDeep) return unread('it is nested more than 100 levels deep');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return unread('it is not valid JSON');
  }
  const facts = dialect.requestFacts(endpoint, callPath, parsed);
  const models = modelsNamed(parsed, facts, scan.modelKeys);
  return {
    fault: null,
    facts,
    models: models?.map((model) => dialect.modelId?.(model) ?? model) ?? null,
    replacement: dialect.requestUsage(endpoint, body, parsed, callPath),
  };
}

/** What the path alone says of a call whose body goes unread; null where it does not name the model. */
export function inspectPath(dialect: ProviderTypeDefinition, endpoint: string, callPath: string): Inspection | null {
  const facts = dialect.requestFacts(endpoint, callPath, undefined);
  if (!facts.isModelInPath || facts.model === null) return null;
  return { fault: null, facts, models: [dialect.modelId?.(facts.model) ?? facts.model], replacement: null };
}

function unread(fault: string): Inspection {
  return { fault, facts: null, models: null, replacement: null };
}

function modelsNamed(parsed: unknown, facts: RequestFacts, keys: readonly string[]): string[] | null {
  if (facts.isModelInPath && facts.model !== null) return [facts.model];
  if (new Set(keys).size !== keys.length || keys.some((key) => !MODEL_KEYS.includes(key))) return null;
  const models = facts.model === null ? [] : [facts.model];
  for (const key of keys) {
    const value = (parsed as Record<string, unknown>)[key];
    if (value === null) continue;
    const named = Array.isArray(value) ? value : [value];
    for (const each of named) {
      const model = typeof each === 'object' && each !== null ? (each as { model?: unknown }).model : each;
      if (typeof model !== 'string') return null;
      models.push(model);
    }
  }
  return models;
}

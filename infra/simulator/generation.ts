import { createHash } from 'node:crypto';
import type { Behaviour } from './behaviour.js';

/** What a model would have written and billed for one request. Depends on the request's bytes only. */
export interface Generation {
  /** Stands in ids, so that the same request gets the same answer byte for byte. */
  readonly id: string;
  readonly words: readonly string[];
  readonly toolCall: { readonly name: string; readonly arguments: string } | null;
  readonly isCutShort: boolean;
  readonly usage: BilledUsage;
}

/** Every token once: the whole input is `input + cachedInput + cacheWrite5m + cacheWrite1h`. */
export interface BilledUsage {
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  /** Part of `output`. */
  readonly reasoning: number;
}

/** The tool a request makes the model call. */
export interface AskedTool {
  readonly name: string;
  /** Its JSON schema; arguments are made to fit it. */
  readonly parameters: unknown;
  /** JSON text to call it with instead. */
  readonly arguments?: string;
}

/** What a dialect read of a request. */
export interface Asked {
  readonly body: Buffer;
  /** The prompt's text; tools and system prompt count too. */
  readonly promptBytes: number;
  readonly cached: { readonly read: number; readonly write5m: number; readonly write1h: number };
  readonly maxOutputTokens: number | null;
  readonly isReasoning: boolean;
  readonly tool: AskedTool | null;
}

const WORDS =
  `river water gate level stone bridge flow measure stream bank mill meadow rain spring lock channel current slope
  record quiet morning field carries steady along under through across between the a its every small deep clear over`.split(
    /\s+/,
  );

const BYTES_PER_TOKEN = 4;
const SHORTEST_ANSWER = 24;
const ANSWER_SPREAD = 40;
const REASONING_TOKENS = 48;

export function tokensIn(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / BYTES_PER_TOKEN));
}

export function generate(asked: Asked, behaviour: Behaviour): Generation {
  const digest = createHash('sha256').update(asked.body).digest();
  const wanted = behaviour.words ?? SHORTEST_ANSWER + (digest.readUInt16BE(0) % ANSWER_SPREAD);
  const toolArguments = asked.tool && (asked.tool.arguments ?? JSON.stringify(argumentsFor(asked.tool.parameters)));
  const reasoning = asked.isReasoning ? Math.min(REASONING_TOKENS, asked.maxOutputTokens ?? REASONING_TOKENS) : 0;
  const room = asked.maxOutputTokens === null ? wanted : Math.max(0, asked.maxOutputTokens - reasoning);
  const words = toolArguments === null ? wordsFrom(digest, Math.min(wanted, room)) : [];
  const written = toolArguments === null ? words.length : tokensIn(toolArguments.length);
  const { read, write5m, write1h } = behaviour.cache ?? asked.cached;
  const prompt = tokensIn(asked.promptBytes);
  return {
    id: digest.toString('hex').slice(0, 24),
    words,
    toolCall: asked.tool && toolArguments !== null ? { name: asked.tool.name, arguments: toolArguments } : null,
    isCutShort: toolArguments === null && room < wanted,
    usage: {
      input: behaviour.cache ? prompt : Math.max(0, prompt - read - write5m - write1h),
      cachedInput: read,
      cacheWrite5m: write5m,
      cacheWrite1h: write1h,
      output: written + reasoning,
      reasoning,
    },
  };
}

/** The answer piece by piece, as it is streamed: a word with the space before it. */
export function piecesOf(words: readonly string[]): string[] {
  return words.map((word, index) => (index === 0 ? word : ` ${word}`));
}

function wordsFrom(digest: Buffer, count: number): string[] {
  let state = digest.readUInt32BE(4) || 1;
  return Array.from({ length: count }, () => {
    // xorshift32: the same seed gives the same text everywhere.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return WORDS[(state >>> 0) % WORDS.length] as string;
  });
}

/** Arguments that fit the tool's JSON schema, as far as its top level goes. */
function argumentsFor(schema: unknown): Record<string, unknown> {
  const properties = (schema as { properties?: Record<string, { type?: string; enum?: unknown[] }> } | null)
    ?.properties;
  return Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, property]) => [name, property.enum?.[0] ?? sample(property.type)]),
  );
}

function sample(type: string | undefined): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return 7;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'river';
  }
}

import type { Behaviour } from '../behaviour.js';
import { type AskedTool, type Generation, generate, tokensIn } from '../generation.js';
import { scriptedTool } from '../scripted-tool.js';

type Body = Readonly<Record<string, unknown>>;

/** Google caches long prompts by itself; here half of what is longer than this, in steps. */
const CACHE_FROM_TOKENS = 1_024;
const CACHE_STEP_TOKENS = 128;
/** https://ai.google.dev/gemini-api/docs/tokens#multimodal-tokens */
const IMAGE_TOKENS = 258;
const SEARCH_RESULT_TOKENS = 120;
const BYTES_PER_TOKEN = 4;

const THINKING_MODEL = /^gemini-(?:2\.5|[3-9])/;

interface Part {
  readonly inlineData?: { readonly mimeType?: string; readonly data?: string };
}

export interface Prompt {
  readonly textTokens: number;
  readonly imageTokens: number;
}

/** Images count a fixed number of tokens each, whatever their bytes. */
export function promptOf(body: Body): Prompt {
  const { contents, content, systemInstruction, tools } = body;
  const asked = [contents ?? content ?? body.requests ?? '', systemInstruction, tools];
  let images = 0;
  const text = JSON.stringify(asked, (key, value: unknown) => {
    if (key !== 'inlineData') return value;
    const { mimeType = '' } = (value ?? {}) as NonNullable<Part['inlineData']>;
    if (mimeType.startsWith('image/')) images++;
    return undefined;
  });
  return { textTokens: tokensIn(text.length), imageTokens: images * IMAGE_TOKENS };
}

export interface Written {
  readonly generation: Generation;
  readonly prompt: Prompt;
  /** Part of the generation's input: what a search gave the model to read. */
  readonly toolUseTokens: number;
}

export function writtenFor(raw: Buffer, model: string, body: Body, behaviour: Behaviour): Written {
  const prompt = promptOf(body);
  const tokens = prompt.textTokens + prompt.imageTokens;
  const read = tokens >= CACHE_FROM_TOKENS ? Math.floor(tokens / 2 / CACHE_STEP_TOKENS) * CACHE_STEP_TOKENS : 0;
  const config = (body.generationConfig ?? {}) as {
    maxOutputTokens?: number;
    thinkingConfig?: { thinkingBudget?: number };
  };
  const generation = generate(
    {
      body: raw,
      promptBytes: tokens * BYTES_PER_TOKEN,
      cached: { read, write5m: 0, write1h: 0 },
      maxOutputTokens: config.maxOutputTokens ?? null,
      isReasoning: THINKING_MODEL.test(model) && config.thinkingConfig?.thinkingBudget !== 0,
      tool: toolFor(body),
    },
    // Google does not bill what it writes to its cache by the token.
    { ...behaviour, cache: behaviour.cache && { read: behaviour.cache.read, write5m: 0, write1h: 0 } },
  );
  const toolUseTokens = isSearching(body) ? SEARCH_RESULT_TOKENS : 0;
  const usage = { ...generation.usage, input: generation.usage.input + toolUseTokens };
  return { generation: { ...generation, usage }, prompt, toolUseTokens };
}

export function isSearching({ tools }: Body): boolean {
  return Array.isArray(tools) && tools.some((tool: { googleSearch?: unknown }) => tool.googleSearch !== undefined);
}

interface Declaration {
  readonly name: string;
  readonly parameters?: unknown;
  readonly parametersJsonSchema?: unknown;
}

/** A function is called when the caller insists, or the last turn is a user naming it. */
function toolFor({ tools, toolConfig, contents }: Body): AskedTool | null {
  const declared = (Array.isArray(tools) ? tools : []).flatMap(
    (tool: { functionDeclarations?: Declaration[] }) => tool.functionDeclarations ?? [],
  );
  const mode = (toolConfig as { functionCallingConfig?: { mode?: string } } | undefined)?.functionCallingConfig?.mode;
  const last = JSON.stringify(Array.isArray(contents) ? (contents.at(-1) ?? '') : '');
  if (declared.length === 0 || mode === 'NONE' || last.includes('"functionResponse"')) return null;
  const scripted = scriptedTool(
    last,
    declared.map(({ name }) => name),
  );
  if (scripted) return scripted;
  const tool = declared.find(({ name }) => last.includes(name)) ?? (mode === 'ANY' ? declared[0] : undefined);
  return tool ? { name: tool.name, parameters: withLowerTypes(tool.parametersJsonSchema ?? tool.parameters) } : null;
}

/** Google writes the types of a schema in capitals. */
function withLowerTypes(schema: unknown): unknown {
  const text = JSON.stringify(schema ?? {}, (key, value: unknown) =>
    key === 'type' && typeof value === 'string' ? value.toLowerCase() : value,
  );
  return JSON.parse(text) as unknown;
}

import type { Behaviour } from '../behaviour.js';
import { type Asked, type Generation, generate, tokensIn } from '../generation.js';
import { scriptedTool } from '../scripted-tool.js';

type Body = Readonly<Record<string, unknown>>;

/** OpenAI caches prompts from 1,024 tokens on, in steps of 128. */
const CACHE_FROM_TOKENS = 1_024;
const CACHE_STEP_TOKENS = 128;

const REASONING_MODEL = /^(?:gpt-5|o\d)/;

export function generationFor(raw: Buffer, body: Body, behaviour: Behaviour): Generation {
  const prompt = JSON.stringify([body.messages ?? body.input ?? body.prompt ?? '', body.instructions, body.tools]);
  const tokens = tokensIn(prompt.length);
  const read = tokens >= CACHE_FROM_TOKENS ? Math.floor(tokens / 2 / CACHE_STEP_TOKENS) * CACHE_STEP_TOKENS : 0;
  const limit = body.max_completion_tokens ?? body.max_tokens ?? body.max_output_tokens;
  return generate(
    {
      body: raw,
      promptBytes: prompt.length,
      cached: { read, write5m: 0, write1h: 0 },
      maxOutputTokens: typeof limit === 'number' ? limit : null,
      isReasoning: typeof body.model === 'string' && REASONING_MODEL.test(body.model),
      tool: toolFor(body),
    },
    behaviour,
  );
}

interface ToolDefinition {
  readonly name?: string;
  readonly parameters?: unknown;
  readonly function?: { readonly name: string; readonly parameters?: unknown };
}

/** A tool is called when the caller insists, or the last word of the conversation is a user naming it. */
function toolFor(body: Body): Asked['tool'] {
  const tools = (Array.isArray(body.tools) ? body.tools : []) as ToolDefinition[];
  const turns = (Array.isArray(body.messages) ? body.messages : body.input) as unknown;
  const last: unknown = Array.isArray(turns) ? turns.at(-1) : turns;
  const isAnswerDue = JSON.stringify(last ?? '').match(/"(?:tool|function_call_output)"/) !== null;
  if (tools.length === 0 || isAnswerDue || body.tool_choice === 'none') return null;
  const named = JSON.stringify(last ?? '');
  const scripted = scriptedTool(
    named,
    tools.map((tool) => tool.function?.name ?? tool.name),
  );
  if (scripted) return scripted;
  const found = tools.find((tool) => named.includes(tool.function?.name ?? tool.name ?? '\0'));
  const tool = found ?? (body.tool_choice !== undefined && body.tool_choice !== 'auto' ? tools[0] : undefined);
  if (!tool) return null;
  return { name: tool.function?.name ?? tool.name ?? '', parameters: (tool.function ?? tool).parameters ?? {} };
}

/** Tiers that are served as asked for; any other is served as `default`. */
const TIERS = ['flex', 'priority', 'scale'] as const;

/** The tier the request was served on, as OpenAI echoes it. */
export function tierFor(body: Body): string {
  return TIERS.find((tier) => tier === body.service_tier) ?? 'default';
}

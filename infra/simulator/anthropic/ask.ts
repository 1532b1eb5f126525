import type { Behaviour } from '../behaviour.js';
import { cachedPrefix } from '../cached-prefix.js';
import { type Asked, type Generation, generate } from '../generation.js';
import { scriptedTool } from '../scripted-tool.js';

type Body = Readonly<Record<string, unknown>>;

export function promptOf(body: Body): string {
  return JSON.stringify([body.system, body.tools, body.messages]);
}

export function generationFor(raw: Buffer, body: Body, behaviour: Behaviour): Generation {
  const prompt = promptOf(body);
  return generate(
    {
      body: raw,
      promptBytes: prompt.length,
      cached: cachedPrefix(body.messages, prompt, '"cache_control"'),
      maxOutputTokens: typeof body.max_tokens === 'number' ? body.max_tokens : null,
      isReasoning: isThinking(body),
      tool: toolFor(body),
    },
    behaviour,
  );
}

export function isThinking(body: Body): boolean {
  const type = (body.thinking as { type?: unknown } | undefined)?.type;
  return type === 'enabled' || type === 'adaptive';
}

/** A tool is called when the caller insists, or the last message is a user naming it. */
function toolFor(body: Body): Asked['tool'] {
  const tools = (Array.isArray(body.tools) ? body.tools : []) as { name?: string; input_schema?: unknown }[];
  const choice = (body.tool_choice as { type?: string } | undefined)?.type ?? 'auto';
  const last = JSON.stringify(Array.isArray(body.messages) ? (body.messages.at(-1) ?? '') : '');
  if (tools.length === 0 || choice === 'none' || last.includes('"tool_result"')) return null;
  const scripted = scriptedTool(
    last,
    tools.map(({ name }) => name),
  );
  if (scripted) return scripted;
  const tool = tools.find(({ name }) => last.includes(name ?? '\0')) ?? (choice === 'auto' ? undefined : tools[0]);
  return tool ? { name: tool.name ?? '', parameters: tool.input_schema ?? {} } : null;
}

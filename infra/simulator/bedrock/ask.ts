import type { Behaviour } from '../behaviour.js';
import { cachedPrefix } from '../cached-prefix.js';
import { type Asked, type Generation, generate } from '../generation.js';

export type Body = Readonly<Record<string, unknown>>;

/** What Converse, and Nova's own body, ask for. */
export function generationFor(raw: Buffer, body: Body, behaviour: Behaviour): Generation {
  const prompt = JSON.stringify([body.system, body.toolConfig, body.messages]);
  const limits = body.inferenceConfig as { maxTokens?: unknown; max_new_tokens?: unknown } | undefined;
  const limit = limits?.maxTokens ?? limits?.max_new_tokens;
  return generate(
    {
      body: raw,
      promptBytes: prompt.length,
      cached: cachedPrefix(body.messages, prompt, '"cachePoint"'),
      maxOutputTokens: typeof limit === 'number' ? limit : null,
      isReasoning: JSON.stringify(body.additionalModelRequestFields ?? {}).includes('"thinking"'),
      tool: toolFor(body),
    },
    behaviour,
  );
}

interface ToolSpec {
  readonly toolSpec?: { readonly name: string; readonly inputSchema?: { readonly json?: unknown } };
}

/** A tool is called when the caller insists, or the last message is a user naming it. */
function toolFor(body: Body): Asked['tool'] {
  const config = body.toolConfig as { tools?: ToolSpec[]; toolChoice?: object } | undefined;
  const specs = (config?.tools ?? []).flatMap(({ toolSpec }) => (toolSpec ? [toolSpec] : []));
  const last = JSON.stringify(Array.isArray(body.messages) ? (body.messages.at(-1) ?? '') : '');
  if (last.includes('"toolResult"')) return null;
  const isForced = config?.toolChoice !== undefined && !('auto' in config.toolChoice);
  const spec = specs.find(({ name }) => last.includes(name)) ?? (isForced ? specs[0] : undefined);
  return spec ? { name: spec.name, parameters: spec.inputSchema?.json ?? {} } : null;
}

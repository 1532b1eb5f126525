import { z } from 'zod';
import { part } from './part.js';

export const role = z.enum(['system', 'user', 'assistant', 'tool']);
export type Role = z.infer<typeof role>;

/** One message of `gen_ai.input.messages`. */
export const message = z.object({ role, parts: z.array(part), name: z.string().optional() });
export type Message = z.infer<typeof message>;

/** One message of `gen_ai.output.messages`: a choice, or a candidate. */
export const outputMessage = message.extend({
  /** `stop`, `length`, `content_filter`, `tool_call`, `compaction`, `error`, else the upstream's word; null = not stated. */
  finish_reason: z.string().nullable(),
  /** The upstream's own word. */
  native_finish_reason: z.string().nullable(),
});
export type OutputMessage = z.infer<typeof outputMessage>;

/** One of `gen_ai.tool.definitions`; `type` is `function`, or a tool of the upstream's own by its name there. */
export const toolDefinition = z.object({
  type: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  parameters: z.json(),
});
export type ToolDefinition = z.infer<typeof toolDefinition>;

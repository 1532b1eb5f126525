import type { Part } from './part.js';

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    stop: ['stop', 'end_turn', 'stop_sequence', 'eos', 'eos_token', 'endoftext', 'completed', 'complete', 'finish'],
    length: ['length', 'max_tokens', 'max_output_tokens', 'model_context_window_exceeded', 'model_length'],
    content_filter: [
      ...['content_filter', 'content_filtered', 'guardrail_intervened', 'refusal', 'safety', 'recitation', 'blocklist'],
      ...['prohibited_content', 'spii', 'image_safety', 'image_prohibited_content', 'error_toxic', 'language'],
    ],
    tool_call: ['tool_call', 'tool_calls', 'tool_use', 'function_call'],
    compaction: ['compaction'],
    error: ['error', 'failed', 'malformed_function_call', 'malformed_tool_use', 'malformed_model_output'],
  }).flatMap(([reason, words]) => words.map((word) => [word, reason] as const)),
);

/**
 * The convention's word for an upstream's; a word it has none for stays. Some upstreams say `stop` of an answer that
 * waits for a tool.
 */
export function finishReasonOf(native: string | null, parts: readonly Part[]): string | null {
  if (native === null) return null;
  const reason = REASONS.get(native.toLowerCase()) ?? native;
  return reason === 'stop' && parts.some(({ type }) => type === 'tool_call') ? 'tool_call' : reason;
}

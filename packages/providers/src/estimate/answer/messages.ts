import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';

const KNOWN = /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop)|ping)$/;

/** Anthropic's messages, whole or streamed. */
export function readMessages(event: JsonObject, sink: TextSink): boolean {
  if (event.type === 'message' && Array.isArray(event.content)) {
    for (const block of event.content) readBlock(objectOf(block), sink);
    return true;
  }
  if (typeof event.type !== 'string' || !KNOWN.test(event.type)) return false;
  if (event.type === 'content_block_start') readBlock(objectOf(event.content_block), sink);
  if (event.type === 'content_block_delta') {
    const delta = objectOf(event.delta);
    sink.add(delta?.text ?? delta?.thinking ?? delta?.partial_json);
  }
  return true;
}

function readBlock(block: JsonObject | null, sink: TextSink): void {
  // What a tool of Anthropic's found was read, not written.
  if (block === null || String(block.type).endsWith('_result')) return;
  sink.add(block.text ?? block.thinking);
  sink.add(block.name);
  // A stream begins a tool's input as an empty object.
  if (Object.keys(objectOf(block.input) ?? {}).length > 0) sink.addJson(block.input);
}

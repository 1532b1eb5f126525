import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';

const EVENTS = ['messageStart', 'contentBlockStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop'] as const;
/** By which an event is known whose kind stands in its headers. */
const MEMBERS = ['contentBlockIndex', 'stopReason', 'role'] as const;
const OTHER = ['image', 'video', 'audio', 'document'] as const;

/** Bedrock's Converse, whole or streamed, and Nova's own events, which name each kind in a member around it. */
export function readConverse(event: JsonObject, sink: TextSink): boolean {
  const message = objectOf(objectOf(event.output)?.message);
  if (message !== null) {
    for (const block of Array.isArray(message.content) ? message.content : []) readBlock(objectOf(block), sink);
    return true;
  }
  const around = EVENTS.map((name) => objectOf(event[name])).find((inner) => inner !== null);
  if (around === undefined && !MEMBERS.some((name) => event[name] !== undefined)) return false;
  const { start, delta } = around ?? event;
  readBlock(objectOf(start), sink);
  readBlock(objectOf(delta), sink);
  return true;
}

function readBlock(block: JsonObject | null, sink: TextSink): void {
  if (block === null) return;
  sink.add(block.text);
  const tool = objectOf(block.toolUse);
  sink.add(tool?.name);
  sink.addJson(tool?.input);
  const reasoning = objectOf(block.reasoningContent);
  sink.add(reasoning?.text ?? objectOf(reasoning?.reasoningText)?.text);
  if (OTHER.some((name) => block[name] !== undefined)) sink.hasOther = true;
}

import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';

/** Responses of OpenAI: what each event adds. Events that repeat what came before are left out. */
export function readResponses(event: JsonObject, sink: TextSink): boolean {
  const { type } = event;
  if (typeof type === 'string' && type.startsWith('response.')) {
    if (/audio\.delta$|partial_image$/.test(type)) sink.hasOther = true;
    else if (type.endsWith('.delta')) sink.add(event.delta);
    else if (type === 'response.output_item.added') sink.add(objectOf(event.item)?.name);
    return true;
  }
  if (event.object !== 'response' || !Array.isArray(event.output)) return false;
  for (const item of event.output) readItem(objectOf(item), sink);
  return true;
}

function readItem(item: JsonObject | null, sink: TextSink): void {
  if (item === null) return;
  if (item.type === 'image_generation_call') sink.hasOther = true;
  for (const parts of [item.content, item.summary]) {
    for (const each of Array.isArray(parts) ? parts : []) {
      const part = objectOf(each);
      sink.add(part?.text ?? part?.refusal);
    }
  }
  sink.add(item.name);
  sink.addJson(item.arguments ?? item.input ?? item.code);
}

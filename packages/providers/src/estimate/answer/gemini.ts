import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';

/** Candidates of Gemini, whole or one part of a stream. */
export function readCandidates(event: JsonObject, sink: TextSink): boolean {
  if (!Array.isArray(event.candidates)) return false;
  for (const candidate of event.candidates) {
    const parts = objectOf(objectOf(candidate)?.content)?.parts;
    for (const each of Array.isArray(parts) ? parts : []) readPart(objectOf(each), sink);
  }
  return true;
}

function readPart(part: JsonObject | null, sink: TextSink): void {
  if (part === null) return;
  sink.add(part.text);
  const call = objectOf(part.functionCall);
  sink.add(call?.name);
  sink.addJson(call?.args);
  sink.add(objectOf(part.executableCode)?.code);
  if (part.inlineData !== undefined || part.fileData !== undefined) sink.hasOther = true;
}

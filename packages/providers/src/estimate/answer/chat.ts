import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';

const TEXTS = ['reasoning_content', 'reasoning', 'refusal', 'thinking', 'tool_plan'] as const;

/** Choices of OpenAI's chat and completions, whole or streamed, and of those who speak like it. */
export function readChoices(event: JsonObject, sink: TextSink): boolean {
  if (!Array.isArray(event.choices)) return false;
  for (const each of event.choices) {
    const choice = objectOf(each);
    if (choice === null) continue;
    sink.add(choice.text);
    readMessage(objectOf(choice.delta) ?? objectOf(choice.message), sink);
  }
  return true;
}

/** A message of OpenAI's, Cohere's or Ollama's, or a part of one. */
export function readMessage(message: JsonObject | null, sink: TextSink): void {
  if (message === null) return;
  readContent(message.content, sink);
  for (const name of TEXTS) sink.add(message[name]);
  if (message.audio) sink.hasOther = true;
  if (Array.isArray(message.images) && message.images.length > 0) sink.hasOther = true;
  readCall(message.function_call, sink);
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [message.tool_calls];
  for (const call of calls) readCall(objectOf(call)?.function ?? objectOf(call)?.custom, sink);
}

function readContent(content: unknown, sink: TextSink): void {
  sink.add(content);
  for (const each of Array.isArray(content) ? content : [content]) {
    const part = objectOf(each);
    sink.add(part?.text);
    // Mistral's thinking is a list of texts.
    if (Array.isArray(part?.thinking)) readContent(part.thinking, sink);
    else sink.add(part?.thinking);
  }
}

function readCall(value: unknown, sink: TextSink): void {
  const call = objectOf(value);
  sink.add(call?.name);
  sink.addJson(call?.arguments ?? call?.input);
}

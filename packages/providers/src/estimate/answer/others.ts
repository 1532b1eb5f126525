import { type JsonObject, objectOf } from '../../json/value.js';
import type { TextSink } from '../text-sink.js';
import { readMessage } from './chat.js';

/**
 * Models of Bedrock in their own words (Llama, Titan, Mistral), Cohere and Ollama.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html,
 * https://docs.cohere.com/reference/chat-stream, https://docs.ollama.com/api)
 */
export function readOthers(event: JsonObject, sink: TextSink): boolean {
  const texts = [event.generation, event.outputText, event.response, event.completion, event.text];
  const lists = [event.results, event.outputs, event.generations];
  const message = objectOf(event.message) ?? objectOf(objectOf(event.delta)?.message);
  const isKnown = message !== null || texts.some((text) => typeof text === 'string') || lists.some(Array.isArray);
  for (const text of texts) sink.add(text);
  for (const each of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const item = objectOf(each);
    sink.add(item?.outputText ?? item?.text);
  }
  readMessage(message, sink);
  return isKnown;
}

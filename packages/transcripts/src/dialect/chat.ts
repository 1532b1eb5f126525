import { type JsonObject, objectOf } from '@weir/providers';
import { blob, file, freeToolCall, other, reasoningPart, stringOr, textPart, toolCall, uri } from '../message/make.js';
import type { Part } from '../message/part.js';
import { listOf } from './list-of.js';

/**
 * What an assistant said in OpenAI's chat form, and in those of Cohere, Mistral and Ollama, which grew from it. The form
 * has no order between its members; here it is reasoning, text, what is heard and seen, calls.
 */
export function assistantParts(message: JsonObject): Part[] {
  return [
    ...reasoningParts(message),
    ...contentParts(message.content),
    ...(typeof message.refusal === 'string' && message.refusal !== ''
      ? [{ type: 'refusal' as const, content: message.refusal }]
      : []),
    ...audioParts(objectOf(message.audio)),
    ...listOf(message.images).flatMap(imageParts),
    ...listOf(message.tool_calls).map(callPart),
    ...(objectOf(message.function_call) === null ? [] : [functionPart(null, objectOf(message.function_call))]),
  ];
}

function reasoningParts(message: JsonObject): Part[] {
  const details = listOf(message.reasoning_details).map(objectOf);
  const encrypted = details.some((detail) => detail?.type === 'reasoning.encrypted');
  const signed = details.some((detail) => typeof detail?.signature === 'string');
  const said = [message.reasoning_content, message.reasoning, message.thinking, message.tool_plan];
  const text = said.find((each): each is string => typeof each === 'string' && each !== '');
  if (text !== undefined) return [reasoningPart(text, { signed, encrypted })];
  return encrypted ? [reasoningPart('', { encrypted })] : [];
}

/** A message's content: text, or parts. */
export function contentParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)];
  return listOf(content).flatMap((each) => (typeof each === 'string' ? [textPart(each)] : contentPart(objectOf(each))));
}

function contentPart(part: JsonObject | null): Part[] {
  if (part === null) return [];
  switch (part.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
      return typeof part.text === 'string' && part.text !== '' ? [textPart(part.text)] : [];
    case 'refusal':
      return [{ type: 'refusal', content: stringOr(part.refusal, '') }];
    case 'thinking':
      return [reasoningPart(joinedText(part.thinking), { signed: typeof part.signature === 'string' })];
    case 'image_url':
      return imageParts(part);
    case 'input_audio': {
      const audio = objectOf(part.input_audio) ?? part;
      const format = stringOr(audio.format, null);
      return [blob('audio', format === null ? null : `audio/${format}`, stringOr(audio.data, ''))];
    }
    case 'video_url':
      return [uri('video', stringOr(objectOf(part.video_url)?.url ?? part.video_url, ''))];
    case 'file':
      return [fileOf(objectOf(part.file) ?? part)];
    default:
      return [other(part.type, part)];
  }
}

export function fileOf(source: JsonObject): Part {
  if (typeof source.file_id === 'string') return file('document', source.file_id);
  if (typeof source.file_url === 'string') return uri('document', source.file_url);
  const data = stringOr(source.file_data, '');
  return data.startsWith('data:') ? uri('document', data) : blob('document', null, data);
}

function imageParts(each: unknown): Part[] {
  if (typeof each === 'string') return [each.startsWith('http') ? uri('image', each) : blob('image', null, each)];
  const address = objectOf(each)?.image_url;
  const url = stringOr(objectOf(address)?.url ?? address, null);
  return url === null ? [] : [uri('image', url)];
}

function audioParts(audio: JsonObject | null): Part[] {
  if (audio === null) return [];
  if (typeof audio.data === 'string') return [blob('audio', null, audio.data, audio.transcript)];
  return typeof audio.id === 'string' ? [file('audio', audio.id)] : [];
}

function callPart(each: unknown): Part {
  const call = objectOf(each);
  const custom = objectOf(call?.custom);
  if (custom !== null) return freeToolCall(call?.id, custom.name, custom.input);
  return functionPart(call?.id, objectOf(call?.function));
}

function functionPart(id: unknown, called: JsonObject | null): Part {
  return toolCall(id, called?.name, called?.arguments);
}

/** Mistral's thinking is a list of texts. */
function joinedText(value: unknown): string {
  if (typeof value === 'string') return value;
  return listOf(value)
    .map((each) => stringOr(objectOf(each)?.text, ''))
    .join('');
}

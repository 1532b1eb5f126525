import { createHash } from 'node:crypto';
import { parsedText } from '@weir/providers';
import type { Modality, Part, PartOf } from './part.js';

export type Json = PartOf<'other'>['content'];

export const textPart = (content: string): Part => ({ type: 'text', content });

/** What was parsed from JSON is JSON; `undefined` stands for nothing. */
export const jsonOf = (value: unknown): Json => (value === undefined ? null : (value as Json));

export function reasoningPart(content: string, marks: { signed?: boolean; encrypted?: boolean } = {}): Part {
  return {
    type: 'reasoning',
    content,
    ...(marks.signed === true && { signed: true as const }),
    ...(marks.encrypted === true && { encrypted: true as const }),
  };
}

const LONG_NUMBER = /[0-9.eE+-]{16}/;

/** Whether a parser would change a number that the text holds. */
function losesDigits(text: string): boolean {
  if (!LONG_NUMBER.test(text)) return false;
  let isLost = false;
  const look = (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value === 'number' && context?.source !== undefined && JSON.stringify(value) !== context.source)
      isLost = true;
    return value;
  };
  JSON.parse(text, look as (key: string, value: unknown) => unknown);
  return isLost;
}

/** A call of a tool. Arguments come as JSON text, or as the value it stands for; none are an empty object. */
export function toolCall(id: unknown, name: unknown, args: unknown): Part {
  const call = { type: 'tool_call' as const, id: stringOr(id, null), name: stringOr(name, '') };
  if (typeof args !== 'string') return { ...call, arguments: jsonOf(args ?? {}) };
  if (args.trim() === '') return { ...call, arguments: {} };
  const parsed = parsedText(args);
  if ('fault' in parsed || losesDigits(args)) return { ...call, arguments: args, arguments_unparsed: true };
  return { ...call, arguments: jsonOf(parsed.value) };
}

/** Input that is free text by its tool's definition. */
export function freeToolCall(id: unknown, name: unknown, input: unknown): Part {
  return { type: 'tool_call', id: stringOr(id, null), name: stringOr(name, ''), arguments: jsonOf(input ?? '') };
}

export function toolResponse(id: unknown, response: Json, more: { isError?: boolean; name?: unknown } = {}): Part {
  const known = stringOr(id, null);
  return {
    type: 'tool_call_response',
    id: known,
    ...(known === null && typeof more.name === 'string' && { name: more.name }),
    response,
    ...(more.isError === true && { is_error: true as const }),
  };
}

/** What a tool answered in parts: its text where it is nothing else, else the parts. */
export function responseOf(parts: readonly Part[]): Json {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text') return only.content;
  return jsonOf(parts);
}

/** Bytes that came inline, by reference. `data`: base64 in any alphabet. */
export function blob(modality: Modality, mimeType: unknown, data: string, transcript?: unknown): Part {
  const bytes = Buffer.from(data, 'base64');
  return {
    type: 'blob',
    modality,
    mime_type: stringOr(mimeType, null),
    ...(typeof transcript === 'string' && { transcript }),
    size_bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*),/i;

/** An address of something, or the thing itself in a `data:` URL. */
export function uri(modality: Modality, address: string, mimeType: unknown = null): Part {
  const head = DATA_URL.exec(address.slice(0, 512));
  if (head === null) return { type: 'uri', modality, mime_type: stringOr(mimeType, null), uri: address };
  const rest = address.slice(head[0].length);
  const isBase64 = /;base64$/i.test(head[2] ?? '');
  return blob(modality, head[1] || mimeType, isBase64 ? rest : Buffer.from(percentDecoded(rest)).toString('base64'));
}

export const file = (modality: Modality, fileId: string, mimeType: unknown = null): Part => ({
  ...{ type: 'file', modality, mime_type: stringOr(mimeType, null), file_id: fileId },
});

export function other(nativeType: unknown, content: unknown): Part {
  return { type: 'other', native_type: stringOr(nativeType, 'unknown'), content: jsonOf(content) };
}

/** Image, video and audio by their kind; everything else is a document. */
export function modalityOf(mimeType: unknown): Modality {
  const kind = /^(image|video|audio)\//.exec(typeof mimeType === 'string' ? mimeType : '')?.[1];
  return (kind as Modality | undefined) ?? 'document';
}

export function stringOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // No valid escapes: the text stands for itself.
    return text;
  }
}

import { type JsonObject, objectOf } from '@weir/providers';
import {
  blob,
  jsonOf,
  other,
  reasoningPart,
  responseOf,
  stringOr,
  textPart,
  toolCall,
  toolResponse,
  uri,
} from '../message/make.js';
import type { Modality, Part } from '../message/part.js';
import { listOf } from './list-of.js';

const MEDIA: readonly Modality[] = ['image', 'document', 'video', 'audio'];
const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  ...{ pdf: 'application/pdf', csv: 'text/csv', html: 'text/html', txt: 'text/plain', md: 'text/markdown' },
};

/** Content blocks of Bedrock's Converse and of Nova's own form. */
export function converseParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)];
  return listOf(content).flatMap((each) => blockPart(objectOf(each)));
}

function blockPart(block: JsonObject | null): Part[] {
  if (block === null || block.cachePoint !== undefined) return [];
  if (typeof block.text === 'string') return block.text === '' ? [] : [textPart(block.text)];
  const use = objectOf(block.toolUse);
  if (use !== null) return [toolCall(use.toolUseId, use.name, use.input)];
  const result = objectOf(block.toolResult);
  if (result !== null) {
    const isError = result.status === 'error';
    return [toolResponse(result.toolUseId, resultOf(result.content), { isError })];
  }
  const reasoning = objectOf(block.reasoningContent);
  if (reasoning !== null) return [reasoned(reasoning)];
  const cited = objectOf(block.citationsContent);
  if (cited !== null) return converseParts(cited.content);
  const guarded = objectOf(objectOf(block.guardContent)?.text);
  if (guarded !== null) return [textPart(stringOr(guarded.text, ''))];
  const kind = MEDIA.find((name) => objectOf(block[name]) !== null);
  return kind === undefined
    ? [other(Object.keys(block)[0], block)]
    : mediaPart(kind, objectOf(block[kind]) as JsonObject);
}

function reasoned(reasoning: JsonObject): Part {
  const text = objectOf(reasoning.reasoningText);
  if (text === null) return reasoningPart('', { encrypted: reasoning.redactedContent !== undefined });
  return reasoningPart(stringOr(text.text, ''), { signed: stringOr(text.signature, null) !== null });
}

function resultOf(content: unknown) {
  const blocks = listOf(content).map(objectOf);
  const [only] = blocks;
  if (blocks.length === 1 && only?.json !== undefined) return jsonOf(only.json);
  return responseOf(
    blocks.flatMap((block) => (block?.json === undefined ? blockPart(block) : [textPart(JSON.stringify(block.json))])),
  );
}

function mediaPart(kind: Modality, media: JsonObject): Part[] {
  const source = objectOf(media.source);
  const format = stringOr(media.format, null);
  const type = format === null ? null : kind === 'document' ? (DOCUMENT_TYPES[format] ?? null) : `${kind}/${format}`;
  if (typeof source?.text === 'string') return [textPart(source.text)];
  const stored = objectOf(source?.s3Location);
  if (stored !== null) return [uri(kind, stringOr(stored.uri, ''), type)];
  return [blob(kind, type, stringOr(source?.bytes, ''))];
}

import { type JsonObject, objectOf } from '@weir/providers';
import {
  blob,
  file,
  jsonOf,
  modalityOf,
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

/** Content of a message of Anthropic's: text, or blocks. Marks for its cache say nothing. */
export function blockParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [textPart(content)];
  return listOf(content).flatMap((each) => blockPart(objectOf(each)));
}

function blockPart(block: JsonObject | null): Part[] {
  if (block === null) return [];
  const type = stringOr(block.type, '');
  switch (type) {
    case 'text':
      return typeof block.text === 'string' && block.text !== '' ? [textPart(block.text)] : [];
    case 'thinking':
      return [reasoningPart(stringOr(block.thinking, ''), { signed: stringOr(block.signature, null) !== null })];
    case 'redacted_thinking':
      return [reasoningPart('', { encrypted: true })];
    case 'tool_use':
      return [toolCall(block.id, block.name, block.partial_json ?? block.input)];
    case 'tool_result':
      return [
        toolResponse(block.tool_use_id, responseOf(blockParts(block.content)), { isError: block.is_error === true }),
      ];
    case 'image':
      return sourcePart('image', objectOf(block.source));
    case 'document':
      return sourcePart('document', objectOf(block.source));
    case 'container_upload':
      return [file('document', stringOr(block.file_id, ''))];
    case 'compaction':
      return [{ type: 'compaction', content: stringOr(block.content, null) }];
  }
  if (/_tool_use$/.test(type)) return [serverCall(type, block)];
  if (/_tool_result$/.test(type)) {
    const id = stringOr(block.tool_use_id, null);
    const response = { type, content: jsonOf(block.content) };
    return [{ type: 'server_tool_call_response', id, server_tool_call_response: response }];
  }
  return [other(type, block)];
}

function serverCall(type: string, block: JsonObject): Part {
  const called = toolCall(block.id, block.name, block.partial_json ?? block.input);
  if (called.type !== 'tool_call') return called;
  const { id, name, arguments: input } = called;
  return { type: 'server_tool_call', id, name, server_tool_call: { type, input } };
}

function sourcePart(modality: Modality, source: JsonObject | null): Part[] {
  if (source === null) return [];
  if (source.type === 'url') return [uri(modality, stringOr(source.url, ''), source.media_type)];
  if (source.type === 'file') return [file(modality, stringOr(source.file_id, ''), source.media_type)];
  if (source.type === 'text') return [textPart(stringOr(source.data, ''))];
  if (source.type === 'content') return blockParts(source.content);
  const kind = source.media_type === undefined ? modality : modalityOf(source.media_type);
  return [blob(kind, source.media_type, stringOr(source.data, ''))];
}

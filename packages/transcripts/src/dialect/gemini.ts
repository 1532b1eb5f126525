import { type JsonObject, objectOf } from '@weir/providers';
import {
  blob,
  type Json,
  jsonOf,
  modalityOf,
  other,
  reasoningPart,
  stringOr,
  textPart,
  toolCall,
  toolResponse,
  uri,
} from '../message/make.js';
import type { Part } from '../message/part.js';
import { listOf } from './list-of.js';

/** Parts of a content of Gemini's, in either spelling of its members. What is split over several is put together. */
export function geminiParts(content: unknown): Part[] {
  const parts: Part[] = [];
  for (const each of listOf(objectOf(content)?.parts)) {
    const part = objectOf(each);
    if (part !== null) add(parts, part);
  }
  return parts;
}

function add(parts: Part[], part: JsonObject): void {
  const signed = stringOr(either(part, 'thoughtSignature', 'thought_signature'), null) !== null;
  const next = partOf(part, signed);
  const last = parts.at(-1);
  if (next === null) {
    // A signature may come in a part of its own, after what it signs.
    if (signed && last?.type === 'reasoning') parts[parts.length - 1] = { ...last, signed: true };
  } else if (next.type === 'text' && last?.type === 'text') last.content += next.content;
  else if (next.type === 'reasoning' && last?.type === 'reasoning') {
    parts[parts.length - 1] = { ...next, content: last.content + next.content, ...(last.signed && { signed: true }) };
  } else parts.push(next);
}

function partOf(part: JsonObject, signed: boolean): Part | null {
  if (typeof part.text === 'string') {
    if (part.text === '') return null;
    return part.thought === true ? reasoningPart(part.text, { signed }) : textPart(part.text);
  }
  const call = objectOf(either(part, 'functionCall', 'function_call'));
  if (call !== null) return toolCall(call.id, call.name, call.args);
  const answer = objectOf(either(part, 'functionResponse', 'function_response'));
  if (answer !== null) return answerPart(answer);
  const inline = objectOf(either(part, 'inlineData', 'inline_data'));
  if (inline !== null) {
    const type = either(inline, 'mimeType', 'mime_type');
    return blob(modalityOf(type), type, stringOr(inline.data, ''));
  }
  const filed = objectOf(either(part, 'fileData', 'file_data'));
  if (filed !== null) {
    const type = either(filed, 'mimeType', 'mime_type');
    return uri(modalityOf(type), stringOr(either(filed, 'fileUri', 'file_uri'), ''), type);
  }
  const code = objectOf(either(part, 'executableCode', 'executable_code'));
  if (code !== null) {
    const details = { type: 'executable_code', ...code };
    return { type: 'server_tool_call', id: stringOr(code.id, null), name: 'code_execution', server_tool_call: details };
  }
  const result = objectOf(either(part, 'codeExecutionResult', 'code_execution_result'));
  if (result !== null) {
    const details = { type: 'code_execution_result', ...result };
    return { type: 'server_tool_call_response', id: stringOr(result.id, null), server_tool_call_response: details };
  }
  const [name] = Object.keys(part).filter((key) => !/^thought/.test(key));
  return name === undefined ? null : other(name, part);
}

/** By convention the outcome stands under `output`, `result` or `error`. */
function answerPart(answer: JsonObject): Part {
  const response = objectOf(answer.response);
  const names = response === null ? [] : Object.keys(response);
  const only = names.length === 1 ? names[0] : undefined;
  const isPlain = only === 'output' || only === 'result' || only === 'error';
  const said: Json = jsonOf(isPlain ? response?.[only] : answer.response);
  return toolResponse(answer.id, said, { isError: only === 'error', name: answer.name });
}

export function either(object: JsonObject, camel: string, snake: string): unknown {
  return object[camel] ?? object[snake];
}

import { type JsonObject, objectOf } from '@weir/providers';
import { blockParts } from '../dialect/anthropic.js';
import { converseParts } from '../dialect/converse.js';
import { either, geminiParts } from '../dialect/gemini.js';
import { listOf } from '../dialect/list-of.js';
import { MessageList } from '../message/list.js';
import { textPart } from '../message/make.js';
import type { Role } from '../message/message.js';
import type { Part } from '../message/part.js';
import type { Given } from './reading.js';

const roleOf = (role: unknown): Role =>
  role === 'assistant' || role === 'model' ? 'assistant' : role === 'system' ? 'system' : 'user';

function given(system: readonly Part[], messages: unknown, partsOf: (message: JsonObject) => Part[]): Given {
  const list = new MessageList();
  for (const each of listOf(messages)) {
    const message = objectOf(each);
    if (message !== null) list.add(roleOf(message.role), partsOf(message));
  }
  return { system, messages: list.messages };
}

/** Anthropic's messages. */
export const anthropicGiven = (request: JsonObject): Given =>
  given(blockParts(request.system), request.messages, ({ content }) => blockParts(content));

/** Bedrock's Converse. */
export const converseGiven = (request: JsonObject): Given =>
  given(converseParts(request.system), request.messages, ({ content }) => converseParts(content));

/** Gemini's contents: a list, one of them, or a text. */
export function geminiGiven(request: JsonObject): Given {
  const instruction = either(request, 'systemInstruction', 'system_instruction');
  const system = typeof instruction === 'string' ? [textPart(instruction)] : geminiParts(instruction);
  const { contents } = request;
  return given(system, Array.isArray(contents) ? contents : [contents], geminiParts);
}

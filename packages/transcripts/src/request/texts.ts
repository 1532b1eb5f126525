import { type JsonObject, objectOf } from '@weir/providers';
import { assistantParts, contentParts } from '../dialect/chat.js';
import { geminiParts } from '../dialect/gemini.js';
import { listOf } from '../dialect/list-of.js';
import { MessageList } from '../message/list.js';
import { other, textPart } from '../message/make.js';
import type { Part } from '../message/part.js';
import type { Given } from './reading.js';

/** Requests that give a model texts and no conversation: each text is a message of the user. */
export function textsGiven(request: JsonObject): Given {
  const { prompt, input, inputs, inputText, texts, content, requests, suffix, images } = request;
  const list = new MessageList();
  for (const value of [prompt, inputText, input, inputs, texts]) {
    for (const parts of inputsOf(value)) list.add('user', parts);
  }
  if (typeof suffix === 'string' && suffix !== '') list.add('user', [textPart(suffix)]);
  const contents = [content, ...listOf(requests).map((each) => objectOf(each)?.content)];
  for (const each of contents) list.add('user', geminiParts(each));
  list.extend('user', assistantParts({ images }));
  return { system: contentParts(request.system), messages: list.messages };
}

/** A text, a list of texts or of parts, or lists of tokens: what is tokens already is told by its length. */
function inputsOf(value: unknown): Part[][] {
  if (typeof value === 'string') return [[textPart(value)]];
  const list = listOf(value);
  if (list.length > 0 && list.every((each) => typeof each === 'number')) return [[other('tokens', list.length)]];
  return list.flatMap((each) => (Array.isArray(each) ? inputsOf(each) : [contentParts([each])]));
}

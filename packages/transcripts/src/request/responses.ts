import { type JsonObject, objectOf } from '@weir/providers';
import { contentParts } from '../dialect/chat.js';
import { listOf } from '../dialect/list-of.js';
import { itemOf } from '../dialect/responses.js';
import { MessageList } from '../message/list.js';
import type { Part } from '../message/part.js';
import type { Given } from './reading.js';

/** Items of OpenAI's Responses. What the assistant said in several items is one message. */
export function responsesGiven(request: JsonObject): Given {
  const list = new MessageList();
  const system: Part[] = [...contentParts(request.instructions)];
  if (typeof request.input === 'string') list.add('user', contentParts(request.input));
  for (const each of listOf(request.input)) {
    const item = objectOf(each);
    if (item === null) continue;
    const { role, parts } = itemOf(item);
    if (role === 'system' && list.messages.length === 0) system.push(...parts);
    else if (role === 'assistant') list.extend(role, parts);
    else list.add(role, parts);
  }
  return { system, messages: list.messages };
}

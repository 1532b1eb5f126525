import { type JsonObject, objectOf } from '@weir/providers';
import { assistantParts, contentParts } from '../dialect/chat.js';
import { listOf } from '../dialect/list-of.js';
import { MessageList } from '../message/list.js';
import { responseOf, textPart, toolResponse } from '../message/make.js';
import type { Given } from './reading.js';

/** Messages of OpenAI's chat, and of Cohere, Mistral and Ollama. Instructions may stand among them. */
export function chatGiven(request: JsonObject): Given {
  const list = new MessageList();
  for (const each of listOf(request.messages)) {
    const message = objectOf(each);
    if (message !== null) add(list, message);
  }
  const { messages } = list;
  const first = messages.findIndex(({ role }) => role !== 'system');
  const leading = first < 0 ? messages.length : first;
  return { system: messages.slice(0, leading).flatMap(({ parts }) => parts), messages: messages.slice(leading) };
}

function add(list: MessageList, message: JsonObject): void {
  const { role, content, name } = message;
  if (role === 'system' || role === 'developer') list.add('system', contentParts(content), name);
  else if (role === 'assistant') list.add('assistant', assistantParts(message), name);
  else if (role === 'tool' || role === 'function') {
    const answered = { name: name ?? message.tool_name };
    list.add('tool', [toolResponse(message.tool_call_id, responseOf(contentParts(content)), answered)]);
  } else list.add('user', [...contentParts(content), ...assistantParts({ images: message.images })], name);
}

/** Cohere's first chat: one message, and those before it. */
export function cohereGiven(request: JsonObject): Given {
  const list = new MessageList();
  for (const each of listOf(request.chat_history)) {
    const said = objectOf(each);
    const role = said?.role === 'CHATBOT' ? 'assistant' : said?.role === 'SYSTEM' ? 'system' : 'user';
    list.add(role, contentParts(said?.message));
  }
  list.add('user', contentParts(request.message));
  return { system: typeof request.preamble === 'string' ? [textPart(request.preamble)] : [], messages: list.messages };
}

import { type JsonObject, objectOf } from '@weir/providers';
import {
  blob,
  file,
  freeToolCall,
  jsonOf,
  other,
  reasoningPart,
  responseOf,
  stringOr,
  toolCall,
  toolResponse,
  uri,
} from '../message/make.js';
import type { Role } from '../message/message.js';
import type { Part } from '../message/part.js';
import { contentParts, fileOf } from './chat.js';
import { listOf } from './list-of.js';
import { spokenParts } from './realtime.js';

const ROLES: ReadonlyMap<unknown, Role> = new Map([
  ...(['user', 'assistant', 'system'] as const).map((role) => [role, role] as const),
  ['developer', 'system'],
]);

/** Tools of OpenAI's own that the app runs, and the member that says what to do. */
const RUN_BY_APP: Readonly<Record<string, string>> = {
  ...{ computer_call: 'action', local_shell_call: 'action', shell_call: 'action', apply_patch_call: 'operation' },
};

/** Whose words an item of a Responses conversation is, and what it says. */
export interface Item {
  readonly role: Role;
  readonly parts: Part[];
}

export function itemOf(item: JsonObject): Item {
  const type = stringOr(item.type, 'message');
  const said = (parts: Part[]): Item => ({ role: 'assistant', parts });
  const answered = (part: Part): Item => ({ role: 'tool', parts: [part] });
  switch (type) {
    case 'message':
      return { role: ROLES.get(item.role) ?? 'user', parts: messageParts(item.content) };
    case 'function_call':
      return said([toolCall(item.call_id ?? item.id, item.name, item.arguments)]);
    case 'custom_tool_call':
      return said([freeToolCall(item.call_id ?? item.id, item.name, item.input)]);
    case 'reasoning':
      return said([reasoned(item)]);
    case 'image_generation_call':
      return said(
        typeof item.result === 'string' ? [blob('image', imageType(item), item.result)] : [serverCall(type, item)],
      );
    case 'compaction':
      return said([{ type: 'compaction', content: null }]);
    case 'item_reference':
      return said([other(type, item)]);
  }
  const action = RUN_BY_APP[type];
  if (action !== undefined) return said([toolCall(item.call_id ?? item.id, type.replace(/_call$/, ''), item[action])]);
  if (/_output$/.test(type)) return answered(toolResponse(item.call_id, outputOf(item.output)));
  return said([/_call$/.test(type) ? serverCall(type, item) : other(type, item)]);
}

function messageParts(content: unknown): Part[] {
  if (typeof content === 'string') return contentParts(content);
  return listOf(content).flatMap((each) => {
    const part = objectOf(each);
    if (part?.type === 'input_image') {
      if (typeof part.file_id === 'string') return [file('image', part.file_id)];
      return [uri('image', stringOr(part.image_url, ''))];
    }
    if (part?.type === 'input_file') return [fileOf(part)];
    const spoken = part === null ? null : spokenParts(part);
    if (spoken !== null) return spoken;
    if (part?.type === 'reasoning_text' || part?.type === 'summary_text')
      return [reasoningPart(stringOr(part.text, ''))];
    return contentParts([each]);
  });
}

function reasoned(item: JsonObject): Part {
  const texts = [...listOf(item.summary), ...listOf(item.content)].map((each) => stringOr(objectOf(each)?.text, ''));
  return reasoningPart(texts.join('\n\n'), { encrypted: typeof item.encrypted_content === 'string' });
}

function serverCall(type: string, item: JsonObject): Part {
  const { type: _type, id, name, ...details } = item;
  return {
    type: 'server_tool_call',
    id: stringOr(id, null),
    name: stringOr(name, type.replace(/_call$/, '')),
    server_tool_call: { type, ...details },
  };
}

function outputOf(output: unknown) {
  return Array.isArray(output) ? responseOf(messageParts(output)) : jsonOf(output);
}

function imageType(item: JsonObject): string {
  return `image/${stringOr(item.output_format, 'png')}`;
}

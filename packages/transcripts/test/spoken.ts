import type { Part } from '../src/index.js';
import { awsChunk, awsEvent } from './aws-message.js';

/** What an assistant says in a test: as much as every dialect can say. */
export interface Spoken {
  readonly reasoning: string;
  readonly text: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: object }[];
}

/** Cuts a text into the pieces it is streamed in. */
export type Cut = (text: string) => string[];

export const FORMS = ['chat', 'responses', 'messages', 'gemini', 'converse', 'invoke'] as const;
export type Form = (typeof FORMS)[number];

export function partsOf({ reasoning, text, calls }: Spoken): Part[] {
  return [
    ...(reasoning === '' ? [] : [{ type: 'reasoning' as const, content: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text' as const, content: text }]),
    ...calls.map(({ id, name, args }) => ({ type: 'tool_call' as const, id, name, arguments: args as never })),
  ];
}

export const finishOf = ({ calls }: Spoken): string => (calls.length > 0 ? 'tool_call' : 'stop');

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

export function whole(form: Form, spoken: Spoken): Buffer {
  switch (form) {
    case 'chat':
      return json({
        id: 'c1',
        choices: [{ index: 0, finish_reason: chatFinish(spoken), message: chatMessage(spoken) }],
      });
    case 'responses':
      return json({ id: 'r1', object: 'response', status: 'completed', output: responseItems(spoken) });
    case 'gemini':
      return json({
        responseId: 'g1',
        candidates: [{ content: { role: 'model', parts: geminiParts(spoken) }, finishReason: 'STOP' }],
      });
    case 'converse':
      return json({
        output: { message: { role: 'assistant', content: converseBlocks(spoken) } },
        stopReason: toolUse(spoken),
      });
    default:
      return json({
        id: 'm1',
        type: 'message',
        role: 'assistant',
        content: blocks(spoken),
        stop_reason: toolUse(spoken),
      });
  }
}

const chatFinish = ({ calls }: Spoken) => (calls.length > 0 ? 'tool_calls' : 'stop');
const toolUse = ({ calls }: Spoken) => (calls.length > 0 ? 'tool_use' : 'end_turn');

export function chatMessage({ reasoning, text, calls }: Spoken): object {
  return {
    ...{ role: 'assistant', content: text === '' ? null : text, reasoning_content: reasoning },
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, args }) => ({
        id,
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      })),
    }),
  };
}

export function responseItems({ reasoning, text, calls }: Spoken): object[] {
  return [
    ...(reasoning === ''
      ? []
      : [{ type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: reasoning }] }]),
    ...(text === '' ? [] : [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }]),
    ...calls.map(({ id, name, args }) => ({
      type: 'function_call',
      id: `fc_${id}`,
      call_id: id,
      name,
      arguments: JSON.stringify(args),
    })),
  ];
}

export function blocks({ reasoning, text, calls }: Spoken): object[] {
  return [
    ...(reasoning === '' ? [] : [{ type: 'thinking', thinking: reasoning, signature: '' }]),
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...calls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args })),
  ];
}

export function geminiParts({ reasoning, text, calls }: Spoken): object[] {
  return [
    ...(reasoning === '' ? [] : [{ text: reasoning, thought: true }]),
    ...(text === '' ? [] : [{ text }]),
    ...calls.map(({ id, name, args }) => ({ functionCall: { id, name, args } })),
  ];
}

export function converseBlocks({ reasoning, text, calls }: Spoken): object[] {
  return [
    ...(reasoning === '' ? [] : [{ reasoningContent: { reasoningText: { text: reasoning } } }]),
    ...(text === '' ? [] : [{ text }]),
    ...calls.map(({ id, name, args }) => ({ toolUse: { toolUseId: id, name, input: args } })),
  ];
}

/** Stretches of bytes, one for each event. */
export function streamed(form: Form, spoken: Spoken, cut: Cut, lineEnd = '\n'): Buffer[] {
  const sse = (event: object, name?: string) =>
    Buffer.from(
      `${name === undefined ? '' : `event: ${name}${lineEnd}`}data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`,
    );
  switch (form) {
    case 'chat':
      return [...chatEvents(spoken, cut).map((event) => sse(event)), Buffer.from(`data: [DONE]${lineEnd}${lineEnd}`)];
    case 'responses':
      return responseEvents(spoken, cut).map((event) => sse(event, event.type));
    case 'messages':
      return messageEvents(spoken, cut).map((event) => sse(event, event.type));
    case 'invoke':
      return messageEvents(spoken, cut).map(awsChunk);
    case 'gemini':
      return geminiEvents(spoken, cut).map((event) => sse(event));
    case 'converse':
      return converseEvents(spoken, cut).map(([name, event]) => awsEvent(name, event));
  }
}

function chatEvents(spoken: Spoken, cut: Cut): object[] {
  const delta = (value: object, finish: string | null = null) => ({
    ...{ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta: value, finish_reason: finish }] },
  });
  return [
    delta({ role: 'assistant', content: '' }),
    ...cut(spoken.reasoning).map((piece) => delta({ reasoning_content: piece })),
    ...cut(spoken.text).map((piece) => delta({ content: piece })),
    ...spoken.calls.flatMap(({ id, name, args }, index) => [
      delta({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
      ...cut(JSON.stringify(args)).map((piece) => delta({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
    delta({}, chatFinish(spoken)),
    { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } },
  ];
}

function responseEvents(spoken: Spoken, cut: Cut): { type: string }[] {
  const events: { type: string }[] = [];
  const add = (type: string, more: object) => events.push({ type: `response.${type}`, ...more });
  add('created', { response: { id: 'r1', object: 'response', status: 'in_progress', output: [] } });
  responseItems(spoken).forEach((each, output_index) => {
    const item = each as { type: string; arguments: string };
    add('output_item.added', {
      output_index,
      item: { ...item, status: 'in_progress', content: [], summary: [], arguments: '' },
    });
    if (item.type === 'reasoning') {
      for (const delta of cut(spoken.reasoning))
        add('reasoning_summary_text.delta', { output_index, summary_index: 0, delta });
    } else if (item.type === 'message') {
      for (const delta of cut(spoken.text)) add('output_text.delta', { output_index, content_index: 0, delta });
    } else for (const delta of cut(item.arguments)) add('function_call_arguments.delta', { output_index, delta });
    add('output_item.done', { output_index, item: { ...item, status: 'completed' } });
  });
  add('completed', { response: { id: 'r1', object: 'response', status: 'completed', output: responseItems(spoken) } });
  return events;
}

function messageEvents(spoken: Spoken, cut: Cut): { type: string }[] {
  const events: { type: string }[] = [
    { type: 'message_start', message: { id: 'm1', type: 'message', content: [] } } as { type: string },
  ];
  const block = (content_block: object, deltas: object[]) => {
    const index = events.filter(({ type }) => type === 'content_block_start').length;
    const more = deltas.map((delta) => ({ type: 'content_block_delta', index, delta }));
    events.push({ type: 'content_block_start', index, content_block } as { type: string }, ...more);
    events.push({ type: 'content_block_stop', index } as { type: string });
  };
  const { reasoning, text, calls } = spoken;
  if (reasoning !== '') {
    block(
      { type: 'thinking', thinking: '' },
      cut(reasoning).map((thinking) => ({ type: 'thinking_delta', thinking })),
    );
  }
  if (text !== '')
    block(
      { type: 'text', text: '' },
      cut(text).map((piece) => ({ type: 'text_delta', text: piece })),
    );
  for (const { id, name, args } of calls) {
    const pieces = cut(JSON.stringify(args)).map((partial_json) => ({ type: 'input_json_delta', partial_json }));
    block({ type: 'tool_use', id, name, input: {} }, pieces);
  }
  events.push({ type: 'message_delta', delta: { stop_reason: toolUse(spoken) } } as { type: string }, {
    type: 'message_stop',
  });
  return events;
}

function geminiEvents({ reasoning, text, calls }: Spoken, cut: Cut): object[] {
  const event = (parts: object[], finishReason?: string) => ({
    ...{ responseId: 'g1', candidates: [{ content: { role: 'model', parts }, ...(finishReason && { finishReason }) }] },
  });
  return [
    ...cut(reasoning).map((piece) => event([{ text: piece, thought: true }])),
    ...cut(text).map((piece) => event([{ text: piece }])),
    ...calls.map(({ id, name, args }) => event([{ functionCall: { id, name, args } }])),
    event([{ text: '' }], 'STOP'),
  ];
}

function converseEvents(spoken: Spoken, cut: Cut): [string, object][] {
  const events: [string, object][] = [['messageStart', { role: 'assistant' }]];
  let contentBlockIndex = 0;
  const block = (deltas: object[], start?: object) => {
    if (start !== undefined) events.push(['contentBlockStart', { contentBlockIndex, start }]);
    for (const delta of deltas) events.push(['contentBlockDelta', { contentBlockIndex, delta }]);
    events.push(['contentBlockStop', { contentBlockIndex }]);
    contentBlockIndex++;
  };
  const { reasoning, text, calls } = spoken;
  if (reasoning !== '') block(cut(reasoning).map((piece) => ({ reasoningContent: { text: piece } })));
  if (text !== '') block(cut(text).map((piece) => ({ text: piece })));
  for (const { id, name, args } of calls) {
    block(
      cut(JSON.stringify(args)).map((input) => ({ toolUse: { input } })),
      { toolUse: { toolUseId: id, name } },
    );
  }
  events.push(['messageStop', { stopReason: toolUse(spoken) }], ['metadata', { usage: {} }]);
  return events;
}

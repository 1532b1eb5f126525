import { describe, expect, it } from 'vitest';
import { awsChunk, awsEvent, awsMessage } from '../../test/aws-message.js';
import { readReply } from '../index.js';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const sse = (...events: unknown[]) => Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const partsOf = (bytes: Buffer) => readReply(bytes).outputMessages.map(({ parts }) => parts);
const PNG = {
  mime_type: 'image/png',
  size_bytes: 3,
  sha256: '709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c',
};

describe('what was said', () => {
  it('keeps several choices apart, in their order', () => {
    const delta = (index: number, content: string, finish_reason: string | null = null) => ({
      choices: [{ index, delta: { content }, finish_reason }],
    });
    const reading = readReply(sse(delta(1, 'b'), delta(0, 'a'), delta(1, 'B', 'length'), delta(0, 'A', 'stop')));
    expect(reading.outputMessages.map(({ parts, finish_reason }) => [parts, finish_reason])).toEqual([
      [[{ type: 'text', content: 'aA' }], 'stop'],
      [[{ type: 'text', content: 'bB' }], 'length'],
    ]);
    expect(reading.complete).toBe(true);
  });

  it('marks arguments that are no JSON, and numbers a parser would change, and keeps their text', () => {
    const call = (args: string) =>
      json({ choices: [{ message: { tool_calls: [{ id: 'c', function: { name: 'f', arguments: args } }] } }] });
    const tool = { type: 'tool_call', id: 'c', name: 'f' };
    expect(partsOf(call('{"a":'))).toEqual([[{ ...tool, arguments: '{"a":', arguments_unparsed: true }]]);
    const id = '{"id":12345678901234567890}';
    expect(partsOf(call(id))).toEqual([[{ ...tool, arguments: id, arguments_unparsed: true }]]);
    expect(partsOf(call(''))).toEqual([[{ ...tool, arguments: {} }]]);
    expect(partsOf(call('{"n":1.5,"t":"12345678901234567890"}'))).toEqual([
      [{ ...tool, arguments: { n: 1.5, t: '12345678901234567890' } }],
    ]);
  });

  it('calls of one index but with ids of their own are calls of their own', () => {
    const piece = (id: string | null, name: string | null, args: string) => ({
      choices: [
        {
          index: 0,
          delta: {
            tool_calls: [{ index: 0, ...(id && { id }), function: { ...(name && { name }), arguments: args } }],
          },
        },
      ],
    });
    expect(partsOf(sse(piece('a', 'f', '{"x"'), piece(null, null, ':1}'), piece('b', 'f', '{}')))).toEqual([
      [
        { type: 'tool_call', id: 'a', name: 'f', arguments: { x: 1 } },
        { type: 'tool_call', id: 'b', name: 'f', arguments: {} },
      ],
    ]);
  });

  it('thinking says whether it is signed or hidden', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'x' },
      { type: 'text', text: 'A weir.' },
    ];
    expect(partsOf(json({ type: 'message', content }))).toEqual([
      [
        { type: 'reasoning', content: 'Hm.', signed: true },
        { type: 'reasoning', content: '', encrypted: true },
        { type: 'text', content: 'A weir.' },
      ],
    ]);
    const item = { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'x' };
    expect(partsOf(json({ object: 'response', status: 'completed', output: [item] }))).toEqual([
      [{ type: 'reasoning', content: 'Hm.', encrypted: true }],
    ]);
    const signed = [
      { type: 'message_start', message: { id: 'm', content: [] } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } },
    ];
    expect(partsOf(Buffer.concat(signed.map(awsChunk)))).toEqual([
      [{ type: 'reasoning', content: 'Hm.', signed: true }],
    ]);
  });

  it('refusals, sounds and pictures are parts of their own, the latter by reference', () => {
    const message = { content: null, refusal: 'No.', audio: { id: 'a', data: 'AAAA', transcript: 'Hi' } };
    expect(partsOf(json({ choices: [{ message, finish_reason: 'stop' }] }))).toEqual([
      [
        { type: 'refusal', content: 'No.' },
        { type: 'blob', modality: 'audio', transcript: 'Hi', ...PNG, mime_type: null },
      ],
    ]);
    const parts = [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }];
    expect(partsOf(json({ candidates: [{ content: { parts }, finishReason: 'STOP' }] }))).toEqual([
      [{ type: 'blob', modality: 'image', ...PNG }],
    ]);
    const output = [{ type: 'image_generation_call', result: 'AAAA' }];
    expect(partsOf(json({ object: 'response', status: 'completed', output }))).toEqual([
      [{ type: 'blob', modality: 'image', ...PNG }],
    ]);
  });

  it('an error after a 200 is told beside what was said before it', () => {
    const chat = sse(
      { choices: [{ delta: { content: 'A we' } }] },
      { error: { message: 'down', code: 'server_error' } },
    );
    expect(readReply(chat)).toMatchObject({
      outputMessages: [{ parts: [{ content: 'A we' }], finish_reason: null }],
      errors: [{ code: 'server_error', message: 'down' }],
      complete: false,
      incompleteReason: 'error',
    });
    const messages = sse(
      { type: 'message_start', message: { id: 'm1', content: [] } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A we' } },
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    );
    expect(readReply(messages)).toMatchObject({
      responseId: 'm1',
      outputMessages: [{ parts: [{ content: 'A we' }] }],
      errors: [{ code: 'overloaded_error', message: 'Overloaded' }],
    });
    const start = awsEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'A we' } });
    const exception = awsMessage(
      { ':message-type': 'exception', ':exception-type': 'throttlingException' },
      { message: 'slow' },
    );
    expect(readReply(Buffer.concat([start, exception]))).toMatchObject({
      outputMessages: [{ parts: [{ content: 'A we' }] }],
      errors: [{ code: 'throttlingException', message: 'slow', offset: start.length }],
    });
  });

  it.each<[string, Buffer, string | null, string | null]>([
    [
      'OpenAI',
      json({ error: { message: 'no', type: 'invalid_request_error', code: null } }),
      'invalid_request_error',
      'no',
    ],
    ['Anthropic', json({ type: 'error', error: { type: 'not_found_error', message: 'no' } }), 'not_found_error', 'no'],
    ['Google, in an array', json([{ error: { code: 429, message: 'no', status: 'X' } }]), '429', 'no'],
    ['AWS', json({ message: 'no' }), null, 'no'],
    [
      'Responses',
      json({ object: 'response', status: 'failed', output: [], error: { code: 'server_error', message: 'no' } }),
      'server_error',
      'no',
    ],
  ])('an error in the place of an answer: %s', (_who, bytes, code, message) => {
    expect(readReply(bytes)).toMatchObject({
      errors: [{ code, message, offset: expect.any(Number) }],
      incompleteReason: 'error',
    });
  });

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'no_answer'],
    ['a page', Buffer.from('<html></html>'), 'unreadable'],
    ['a body that was cut', Buffer.from('{"choices":[{"message":{"content":"A we'), 'cut'],
    ['an answer to fetch later', json({ object: 'response', id: 'r', status: 'queued', output: [] }), 'pending'],
  ])('is not complete: %s', (_what, bytes, reason) => {
    expect(readReply(bytes)).toMatchObject({ complete: false, incompleteReason: reason });
  });

  it('a whole body that was cut says what came', () => {
    expect(partsOf(Buffer.from('{"choices":[{"message":{"content":"A we'))).toEqual([
      [{ type: 'text', content: 'A we' }],
    ]);
  });

  it('an array of Gemini, and one that was cut between two elements', () => {
    const part = (text: string, finishReason?: string) => ({
      candidates: [{ content: { parts: [{ text }] }, ...(finishReason && { finishReason }) }],
    });
    expect(readReply(json([part('A '), part('weir', 'STOP')]))).toMatchObject({
      outputMessages: [{ parts: [{ content: 'A weir' }] }],
      complete: true,
    });
    expect(readReply(Buffer.from(`[${JSON.stringify(part('A '))},`))).toMatchObject({
      complete: false,
      incompleteReason: 'cut',
    });
  });

  it('an array that was closed is whole, whether or not it says why it ended', () => {
    const part = { candidates: [{ content: { parts: [{ text: 'A weir' }] } }] };
    expect(readReply(json([part]))).toMatchObject({ complete: true, outputMessages: [{ finish_reason: null }] });
  });

  it('a prompt that was blocked', () => {
    expect(readReply(json({ promptFeedback: { blockReason: 'SAFETY' } }))).toMatchObject({
      outputMessages: [{ parts: [], finish_reason: 'content_filter', native_finish_reason: 'SAFETY' }],
      complete: true,
    });
  });

  it.each<[string, Buffer, string]>([
    [
      'completions',
      sse({ choices: [{ text: 'A ', index: 0 }] }, { choices: [{ text: 'weir', index: 0, finish_reason: 'stop' }] }),
      'A weir',
    ],
    [
      'Ollama, a line each',
      Buffer.from('{"message":{"content":"A "}}\n{"message":{"content":"weir"},"done":true}\n'),
      'A weir',
    ],
    [
      'Cohere',
      sse(
        { type: 'content-delta', delta: { message: { content: { type: 'text', text: 'A ' } } } },
        { type: 'content-delta', delta: { message: { content: { type: 'text', text: 'weir' } } } },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
      ),
      'A weir',
    ],
    [
      'Llama',
      Buffer.concat([{ generation: 'A ' }, { generation: 'weir', stop_reason: 'stop' }].map(awsChunk)),
      'A weir',
    ],
    ['Titan', json({ results: [{ outputText: 'A weir', completionReason: 'FINISH' }] }), 'A weir'],
    [
      'Nova',
      Buffer.concat(
        [
          { contentBlockDelta: { delta: { text: 'A weir' }, contentBlockIndex: 0 } },
          { messageStop: { stopReason: 'end_turn' } },
        ].map(awsChunk),
      ),
      'A weir',
    ],
  ])('of those who speak otherwise: %s', (_who, bytes, text) => {
    const reading = readReply(bytes);
    expect(reading.outputMessages.map(({ parts }) => parts)).toEqual([[{ type: 'text', content: text }]]);
    expect(reading.complete).toBe(true);
  });

  it('vectors are an answer without words', () => {
    expect(readReply(json({ object: 'list', data: [{ embedding: [0.1] }] }))).toMatchObject({
      outputMessages: [],
      complete: true,
      errors: [],
    });
  });

  it('tools of the upstream’s own are no calls to answer', () => {
    const content = [
      { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'weir' } },
      {
        type: 'web_search_tool_result',
        tool_use_id: 's1',
        content: [{ type: 'web_search_result', url: 'https://a.example' }],
      },
      { type: 'text', text: 'A dam.' },
    ];
    const [message] = readReply(json({ type: 'message', content, stop_reason: 'end_turn' })).outputMessages;
    expect(message?.finish_reason).toBe('stop');
    expect(message?.parts.map(({ type }) => type)).toEqual(['server_tool_call', 'server_tool_call_response', 'text']);
  });
});

import { describe, expect, it } from 'vitest';
import { encoded } from '../../test/bedrock-events.js';
import { answerText, isEstimable, promptText, writesText } from './index.js';

const sse = (...events: unknown[]) => Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const aws = (...payloads: unknown[]) =>
  encoded(payloads.map((payload) => ({ headers: { ':event-type': 'chunk' }, payload })));
const textOf = (bytes: Buffer) => answerText(bytes)?.texts.join('');

describe('what a model wrote', () => {
  const CALL = { function: { name: 'weather', arguments: '{"city":"Bern"}' } };
  it.each<[string, Buffer, string]>([
    ['chat, whole', json({ choices: [{ message: { content: 'A river.' } }] }), 'A river.'],
    [
      'chat, streamed, with reasoning and a tool call',
      sse(
        { choices: [{ delta: { role: 'assistant', reasoning_content: 'Hm. ' } }] },
        { choices: [{ delta: { content: 'A ' } }] },
        { choices: [{ delta: { content: 'river.', tool_calls: [CALL] } }] },
      ),
      'Hm. A river.weather{"city":"Bern"}',
    ],
    ['completions', sse({ choices: [{ text: 'A ' }] }, { choices: [{ text: 'weir' }] }), 'A weir'],
    [
      'responses, streamed, whose last event repeats everything',
      sse(
        { type: 'response.output_item.added', item: { type: 'function_call', name: 'look' } },
        { type: 'response.function_call_arguments.delta', delta: '{}' },
        { type: 'response.output_text.delta', delta: 'A weir' },
        { type: 'response.output_text.done', text: 'A weir' },
        { type: 'response.completed', response: { object: 'response', output: [{ content: [{ text: 'A weir' }] }] } },
      ),
      'look{}A weir',
    ],
    [
      'responses, whole',
      json({
        object: 'response',
        output: [
          { type: 'reasoning', summary: [{ text: 'Hm. ' }] },
          { type: 'message', content: [{ type: 'output_text', text: 'A weir' }] },
          { type: 'function_call', name: 'look', arguments: '{"a":1}' },
        ],
      }),
      'Hm. A weirlook{"a":1}',
    ],
    [
      'messages, streamed',
      sse(
        { type: 'message_start', message: { usage: { input_tokens: 3, output_tokens: 1 } } },
        { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'Hm. ' } },
        { type: 'content_block_delta', delta: { type: 'signature_delta', signature: 'c2lnbmVk' } },
        { type: 'content_block_start', content_block: { type: 'tool_use', id: 'x', name: 'look', input: {} } },
        { type: 'content_block_delta', delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
      ),
      'Hm. look{"a":1}',
    ],
    ['messages, whole', json({ type: 'message', content: [{ type: 'text', text: 'A weir' }] }), 'A weir'],
    [
      'Gemini as an array that is cut',
      Buffer.from(
        `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'A "w{eir' }] } }] })},\n{"candidates":[{"cont`,
      ),
      'A "w{eir',
    ],
    [
      'Gemini calling a function',
      sse({ candidates: [{ content: { parts: [{ functionCall: { name: 'look', args: { a: 1 } } }] } }] }),
      'look{"a":1}',
    ],
    [
      'Converse, streamed and cut in a message',
      aws({ role: 'assistant' }, { contentBlockIndex: 0, delta: { text: 'A weir' } }, { stopReason: 'x' }).subarray(
        0,
        -5,
      ),
      'A weir',
    ],
    [
      'Converse, whole',
      json({ output: { message: { content: [{ text: 'A weir' }, { toolUse: { name: 'look', input: { a: 1 } } }] } } }),
      'A weirlook{"a":1}',
    ],
    [
      'Claude on Bedrock',
      encoded([
        {
          headers: { ':event-type': 'chunk' },
          bytes: { type: 'content_block_delta', delta: { type: 'text_delta', text: 'A weir' } },
        },
      ]),
      'A weir',
    ],
    ['Nova’s own events', sse({ contentBlockDelta: { delta: { text: 'A weir' } } }), 'A weir'],
    ['Llama', sse({ generation: 'A ' }, { generation: 'weir' }), 'A weir'],
    ['Titan', json({ results: [{ outputText: 'A weir' }] }), 'A weir'],
    [
      'Ollama, a line each',
      Buffer.from('{"message":{"content":"A "}}\n{"message":{"content":"weir"},"done":true}\n'),
      'A weir',
    ],
    ['Cohere', sse({ type: 'content-delta', delta: { message: { content: { text: 'A weir' } } } }), 'A weir'],
  ])('%s', (_what, bytes, expected) => {
    expect(textOf(bytes)).toBe(expected);
  });

  it('is nothing in an error, a web page, or an answer of something else', () => {
    for (const [bytes] of [
      [sse({ error: { message: 'The server had an error while processing your request' } })],
      [sse({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })],
      [json({ error: { message: 'no' } })],
      [Buffer.from('<html><script>var a = {"text": {}}</script>')],
      [Buffer.alloc(0)],
      [Buffer.from('not a stream of events at all')],
    ] as const) {
      expect(answerText(bytes)).toBeNull();
    }
  });

  it('tells of what has no text', () => {
    const parts = [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }];
    expect(answerText(json({ candidates: [{ content: { parts } }] }))).toEqual({
      texts: [],
      hasOther: true,
    });
    expect(answerText(sse({ choices: [{ delta: { audio: { data: 'AAAA' } } }] }))?.hasOther).toBe(true);
  });
});

describe('what a model is given to read', () => {
  const read = (endpoint: string, body: unknown) => promptText(endpoint, body);

  it('is the text of messages, system prompts and tools, and the frames of the messages', () => {
    const tools = [{ type: 'function', function: { name: 'look' } }];
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'What is a weir?' }] },
      { role: 'tool', tool_call_id: 'call_1', content: 'a dam' },
    ];
    expect(read('chat.completions', { model: 'm', user: 'u', messages, tools, max_tokens: 50, n: 2 })).toEqual({
      texts: ['Be brief.', 'What is a weir?', 'a dam', JSON.stringify(tools)],
      tokens: 12,
      isWhole: true,
      maxOutputTokens: 100,
    });
  });

  it.each<[string, object, string[]]>([
    ['messages', { system: [{ type: 'text', text: 'S' }], messages: [{ role: 'user', content: 'Q' }] }, ['S', 'Q']],
    [
      'responses',
      { instructions: 'S', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Q' }] }] },
      ['S', 'Q'],
    ],
    [
      'stream_generate_content',
      { contents: [{ parts: [{ text: 'Q' }] }], system_instruction: { parts: [{ text: 'S' }] } },
      ['S', 'Q'],
    ],
    [
      'converse_stream',
      { system: [{ text: 'S' }], messages: [{ role: 'user', content: [{ text: 'Q' }] }] },
      ['S', 'Q'],
    ],
    ['invoke', { prompt: 'Q', max_gen_len: 5 }, ['Q']],
    ['chat', { message: 'Q', preamble: 'S' }, ['Q', 'S']],
    ['embeddings', { input: ['A', 'B'] }, ['A', 'B']],
    [
      'messages',
      { messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 'i', name: 'look', input: { a: 1 } }] }] },
      ['look', '{"a":1}'],
    ],
  ])('%s %j', (endpoint, body, texts) => {
    expect(read(endpoint, body)).toMatchObject({ texts, isWhole: true });
  });

  it('counts inputs that are tokens already one by one', () => {
    expect(read('embeddings', { input: [[1, 2, 3], [4]] })).toMatchObject({ texts: [], tokens: 4, isWhole: true });
  });

  it.each<[string, string, object]>([
    [
      'an image',
      'chat.completions',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:' } }] }] },
    ],
    [
      'a sound',
      'chat.completions',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'input_audio', input_audio: {} },
              { type: 'text', text: 'Q' },
            ],
          },
        ],
      },
    ],
    [
      'a document',
      'messages',
      { messages: [{ role: 'user', content: [{ type: 'document', source: { data: 'QQ==' } }] }] },
    ],
    [
      'a picture on Gemini',
      'generate_content',
      { contents: [{ parts: [{ inlineData: { data: 'QQ==' } }, { text: 'Q' }] }] },
    ],
    ['a cached context', 'generate_content', { contents: [{ parts: [{ text: 'Q' }] }], cachedContent: 'c/1' }],
    ['a response before it', 'responses', { input: 'Q', previous_response_id: 'resp_1' }],
    ['nothing', 'chat.completions', {}],
  ])('is not whole with %s', (_what, endpoint, body) => {
    expect(read(endpoint, body)?.isWhole).toBe(false);
  });

  it('is unknown of endpoints that are priced in another way, or not at all', () => {
    for (const endpoint of [
      'opaque',
      'models',
      'count_tokens',
      'messages.count_tokens',
      'images.generations',
      'predictions',
    ]) {
      expect([isEstimable(endpoint), promptText(endpoint, { prompt: 'Q' })]).toEqual([false, null]);
    }
    expect([writesText('embeddings'), writesText('messages')]).toEqual([false, true]);
  });

  it('never throws, whatever the body is', () => {
    for (const body of [
      null,
      [],
      7,
      'x',
      { messages: 7 },
      { messages: [null, [[]], { role: 1 }] },
      { input: { a: null } },
    ]) {
      for (const endpoint of ['chat.completions', 'responses', 'messages'])
        expect(() => read(endpoint, body)).not.toThrow();
    }
  });
});

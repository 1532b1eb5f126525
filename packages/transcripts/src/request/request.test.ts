import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spoken } from '../../test/arbitraries.js';
import {
  blocks,
  chatMessage,
  converseBlocks,
  geminiParts,
  partsOf,
  responseItems,
  type Spoken,
} from '../../test/spoken.js';
import { message, readRequest, toolDefinition } from '../index.js';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

interface Talk {
  readonly system: string;
  readonly question: string;
  readonly said: Spoken;
  readonly result: string;
}

const SCHEMA = { type: 'object', properties: { city: { type: 'string' } } };
const TOOL = { name: 'look', description: 'Looks.' };

/** The same conversation as each dialect sends it. */
function requests({ system, question, said, result }: Talk): [endpoint: string, body: unknown][] {
  const ids = said.calls.map(({ id, name }) => ({ id, name }));
  const anthropic = {
    system,
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: blocks(said) },
      { role: 'user', content: ids.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: result })) },
      { role: 'user', content: [{ type: 'text', text: 'On.', cache_control: { type: 'ephemeral' } }] },
    ],
    tools: [{ ...TOOL, input_schema: SCHEMA }],
  };
  return [
    [
      'chat.completions',
      {
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: [{ type: 'text', text: question }] },
          chatMessage(said),
          ...ids.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: result })),
          { role: 'user', content: 'On.' },
        ],
        tools: [{ type: 'function', function: { ...TOOL, parameters: SCHEMA } }],
      },
    ],
    [
      'responses',
      {
        instructions: system,
        input: [
          { role: 'user', content: [{ type: 'input_text', text: question }] },
          ...responseItems(said),
          ...ids.map(({ id }) => ({ type: 'function_call_output', call_id: id, output: result })),
          { role: 'user', content: 'On.' },
        ],
        tools: [{ type: 'function', ...TOOL, parameters: SCHEMA }],
      },
    ],
    ['messages', anthropic],
    ['invoke_stream', { anthropic_version: 'bedrock-2023-05-31', ...anthropic }],
    [
      'stream_generate_content',
      {
        systemInstruction: { parts: [{ text: system }] },
        contents: [
          { role: 'user', parts: [{ text: question }] },
          { role: 'model', parts: geminiParts(said) },
          {
            role: 'user',
            parts: ids.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: result } } })),
          },
          { role: 'user', parts: [{ text: 'On.' }] },
        ],
        tools: [{ functionDeclarations: [{ ...TOOL, parameters: SCHEMA }] }],
      },
    ],
    [
      'converse',
      {
        system: [{ text: system }],
        messages: [
          { role: 'user', content: [{ text: question }] },
          { role: 'assistant', content: converseBlocks(said) },
          {
            role: 'user',
            content: ids.map(({ id }) => ({ toolResult: { toolUseId: id, content: [{ text: result }] } })),
          },
          { role: 'user', content: [{ text: 'On.' }, { cachePoint: { type: 'default' } }] },
        ],
        toolConfig: { tools: [{ toolSpec: { ...TOOL, inputSchema: { json: SCHEMA } } }] },
      },
    ],
  ];
}

const talk: fc.Arbitrary<Talk> = fc.record({
  system: fc.string({ minLength: 1 }),
  question: fc.string({ unit: 'grapheme', minLength: 1 }),
  said: spoken,
  result: fc.string({ minLength: 1 }),
});

describe('what a model is given', { timeout: 120_000 }, () => {
  it('is the same in every dialect', () => {
    fc.assert(
      fc.property(talk, (each) => {
        const parts = partsOf(each.said);
        const expected = {
          systemInstructions: [{ type: 'text', content: each.system }],
          toolDefinitions: [{ type: 'function', ...TOOL, parameters: SCHEMA }],
          inputMessages: [
            { role: 'user', parts: [{ type: 'text', content: each.question }] },
            ...(parts.length > 0 ? [{ role: 'assistant', parts }] : []),
            ...each.said.calls.map(({ id }) => ({
              role: 'tool',
              parts: [{ type: 'tool_call_response', id, response: each.result }],
            })),
            { role: 'user', parts: [{ type: 'text', content: 'On.' }] },
          ],
          unreadable: null,
        };
        for (const [endpoint, body] of requests(each)) {
          const reading = readRequest(endpoint, json(body));
          expect([endpoint, reading]).toEqual([endpoint, expected]);
          for (const given of reading.inputMessages) message.parse(given);
          for (const tool of reading.toolDefinitions) toolDefinition.parse(tool);
        }
      }),
      { numRuns: 300 },
    );
  });

  const PNG = {
    type: 'blob',
    modality: 'image',
    mime_type: 'image/png',
    size_bytes: 3,
    sha256: '709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c',
  };
  it.each<[string, unknown]>([
    [
      'chat.completions',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
        ],
      },
    ],
    [
      'responses',
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }] }] },
    ],
    [
      'messages',
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
          },
        ],
      },
    ],
    ['generate_content', { contents: [{ parts: [{ inline_data: { mime_type: 'image/png', data: 'AAAA' } }] }] }],
    ['converse', { messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: 'AAAA' } } }] }] }],
  ])('a picture of %s is kept by reference', (endpoint, body) => {
    expect(readRequest(endpoint, json(body)).inputMessages).toEqual([{ role: 'user', parts: [PNG] }]);
  });

  it.each<[string, unknown, string[]]>([
    ['completions', { prompt: ['A', 'B'] }, ['A', 'B']],
    ['embeddings', { input: 'A' }, ['A']],
    ['embeddings', { input: ['A', 'B'] }, ['A', 'B']],
    ['embed_content', { content: { parts: [{ text: 'A' }] } }, ['A']],
    ['batch_embed_contents', { requests: [{ content: { parts: [{ text: 'A' }] } }] }, ['A']],
    ['invoke', { prompt: 'A' }, ['A']],
    ['raw_predict', { messages: [{ role: 'user', content: 'A' }] }, ['A']],
    ['generate', { prompt: 'A' }, ['A']],
    ['responses', { input: 'A' }, ['A']],
  ])('texts without a conversation: %s %j', (endpoint, body, texts) => {
    const { inputMessages } = readRequest(endpoint, json(body));
    expect(inputMessages).toEqual(texts.map((content) => ({ role: 'user', parts: [{ type: 'text', content }] })));
  });

  it('inputs that are tokens are told by their number', () => {
    expect(readRequest('embeddings', json({ input: [[1, 2, 3]] })).inputMessages).toEqual([
      { role: 'user', parts: [{ type: 'other', native_type: 'tokens', content: 3 }] },
    ]);
  });

  it('instructions in the middle of a conversation stay there', () => {
    const messages = [
      { role: 'user', content: 'Q' },
      { role: 'developer', content: 'Be brief.' },
    ];
    const reading = readRequest('chat.completions', json({ messages }));
    expect(reading.systemInstructions).toEqual([]);
    expect(reading.inputMessages.map(({ role }) => role)).toEqual(['user', 'system']);
  });

  it('answers of tools keep errors, parts and what stands beside them', () => {
    const content = [
      { type: 'tool_result', tool_use_id: 'a', is_error: true, content: [{ type: 'text', text: 'no' }] },
      {
        type: 'tool_result',
        tool_use_id: 'b',
        content: [
          { type: 'text', text: '1' },
          { type: 'image', source: { type: 'url', url: 'https://a.example/x.png' } },
        ],
      },
      { type: 'text', text: 'Go on.' },
    ];
    expect(readRequest('messages', json({ messages: [{ role: 'user', content }] })).inputMessages).toEqual([
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', response: 'no', is_error: true }] },
      {
        role: 'tool',
        parts: [
          {
            ...{ type: 'tool_call_response', id: 'b' },
            response: [
              { type: 'text', content: '1' },
              { type: 'uri', modality: 'image', mime_type: null, uri: 'https://a.example/x.png' },
            ],
          },
        ],
      },
      { role: 'user', parts: [{ type: 'text', content: 'Go on.' }] },
    ]);
  });

  it('what cannot be read says why, and nothing throws', () => {
    expect(readRequest('messages', Buffer.from('{"messages":')).unreadable).toBe('not_json');
    expect(readRequest('messages', Buffer.from('[]')).unreadable).toBe('not_json');
    expect(readRequest('messages', Buffer.from('['.repeat(500))).unreadable).toBe('too_deep');
    expect(readRequest('audio.speech', json({})).unreadable).toBe('unknown_endpoint');
    const names = [
      'messages',
      'input',
      'contents',
      'system',
      'tools',
      'role',
      'content',
      'parts',
      'type',
      'text',
      'tool_calls',
      'function',
      'source',
    ];
    const { any } = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, 1, 'user', 'text', 'tool_result', 'image', 'function'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 }),
      ),
    }));
    const endpoints = fc.constantFrom(
      'chat.completions',
      'responses',
      'messages',
      'generate_content',
      'converse',
      'invoke',
      'embeddings',
      'chat',
    );
    fc.assert(
      fc.property(endpoints, fc.dictionary(fc.constantFrom(...names), any), (endpoint, body) => {
        for (const given of readRequest(endpoint, json(body)).inputMessages) message.parse(given);
      }),
      { numRuns: 3_000 },
    );
  });
});

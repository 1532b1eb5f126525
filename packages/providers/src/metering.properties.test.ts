import type { Meters, ProviderType } from '@weir/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingOf, recordedAnswers } from '../test/recorded.js';
import type { UsageReading } from './index.js';

/** Many runs on a busy machine, not slow code. */
const TIMEOUT_MS = 120_000;
const RECORDED = recordedAnswers();

/** Where each dialect's usage stands in a whole answer. */
interface Dialect {
  readonly type: ProviderType;
  readonly endpoint: string;
  answer(usage: unknown): unknown;
  /** Names of its counts, the total first; a dot leads into an object. */
  readonly counts: readonly string[];
}

const CHAT = [
  ...['total_tokens', 'prompt_tokens', 'completion_tokens', 'cached_tokens', 'prompt_cache_hit_tokens'],
  ...['prompt_tokens_details.cached_tokens', 'prompt_tokens_details.cache_write_tokens'],
  ...['prompt_tokens_details.audio_tokens', 'prompt_tokens_details.image_tokens'],
  ...['completion_tokens_details.reasoning_tokens', 'completion_tokens_details.audio_tokens'],
  ...['completion_tokens_details.image_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'],
];
const MESSAGES = [
  ...['total_tokens', 'input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
  ...['cache_creation.ephemeral_5m_input_tokens', 'cache_creation.ephemeral_1h_input_tokens'],
  'output_tokens_details.thinking_tokens',
];
const GEMINI = [
  ...['totalTokenCount', 'promptTokenCount', 'candidatesTokenCount', 'thoughtsTokenCount', 'cachedContentTokenCount'],
  'toolUsePromptTokenCount',
];
const CONVERSE = ['totalTokens', 'inputTokens', 'outputTokens', 'cacheReadInputTokens', 'cacheWriteInputTokens'];
const RESPONSES = CHAT.map((name) =>
  name.replace(/^prompt_tokens/, 'input_tokens').replace(/^completion_tokens/, 'output_tokens'),
);

const chat = (usage: unknown) => ({ model: 'm', choices: [], usage });
const gemini = (usageMetadata: unknown) => ({ candidates: [{ finishReason: 'STOP' }], usageMetadata });
const COMPATIBLE: readonly ProviderType[] = [
  ...([
    'openai',
    'openai_compatible',
    'azure_openai',
    'azure_foundry',
    'google',
    'vertex',
    'bedrock',
    'mistral',
  ] as const),
  ...(['groq', 'cohere', 'deepseek', 'together', 'perplexity', 'fireworks', 'ai21', 'xai', 'hugging_face'] as const),
  'ollama',
];
const DIALECTS: readonly Dialect[] = [
  ...COMPATIBLE.map((type) => ({ type, endpoint: 'chat.completions', answer: chat, counts: CHAT })),
  { type: 'openai', endpoint: 'responses', answer: (usage) => ({ status: 'completed', usage }), counts: RESPONSES },
  { type: 'openai', endpoint: 'embeddings', answer: chat, counts: CHAT },
  { type: 'openai', endpoint: 'images.generations', answer: (usage) => ({ data: [], usage }), counts: RESPONSES },
  { type: 'openai', endpoint: 'audio.speech', answer: (usage) => ({ usage }), counts: RESPONSES },
  { type: 'openai', endpoint: 'audio.transcriptions', answer: (usage) => ({ text: '', usage }), counts: RESPONSES },
  { type: 'together', endpoint: 'rerank', answer: chat, counts: CHAT },
  { type: 'anthropic', endpoint: 'messages', answer: (usage) => ({ model: 'm', usage }), counts: MESSAGES },
  { type: 'openai_compatible', endpoint: 'messages', answer: (usage) => ({ usage }), counts: MESSAGES },
  { type: 'google', endpoint: 'generate_content', answer: gemini, counts: GEMINI },
  { type: 'vertex', endpoint: 'generate_content', answer: gemini, counts: GEMINI },
  { type: 'bedrock', endpoint: 'converse', answer: (usage) => ({ usage }), counts: CONVERSE },
  { type: 'bedrock', endpoint: 'invoke', answer: (usage) => ({ usage }), counts: [...CONVERSE, ...MESSAGES] },
  {
    ...{ type: 'cohere', endpoint: 'chat', answer: (usage) => ({ usage }) },
    counts: ['billed_units.input_tokens', 'billed_units.output_tokens', 'billed_units.image_tokens'],
  },
  {
    ...{ type: 'ollama', endpoint: 'chat', answer: (usage) => ({ ...(usage as object), done: true }) },
    counts: ['prompt_eval_count', 'eval_count'],
  },
  {
    ...{ type: 'replicate', endpoint: 'predictions', answer: (metrics) => ({ status: 'succeeded', metrics }) },
    counts: ['input_token_count', 'output_token_count', 'predict_time', 'image_count'],
  },
];

function read({ type, endpoint, answer }: Dialect, usage: unknown): UsageReading {
  const head = { type, endpoint, status: 200, contentType: 'application/json', headers: {} };
  return readingOf(head, [Buffer.from(JSON.stringify(answer(usage)))]);
}

function usageOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const usage: Record<string, Record<string, unknown> & unknown> = {};
  names.forEach((name, at) => {
    if (values[at] === undefined) return;
    const [first = '', second] = name.split('.');
    if (second === undefined) Object.assign(usage, { [first]: values[at] });
    else Object.assign(usage, { [first]: { ...usage[first], [second]: values[at] } });
  });
  return usage;
}

function readOf({ input = 0, cachedInput = 0, cacheWrite5m = 0, cacheWrite1h = 0, cacheWriteUnknown = 0 }: Meters) {
  return input + cachedInput + cacheWrite5m + cacheWrite1h + cacheWriteUnknown;
}

function expectSound({ meters, otherMeters }: UsageReading): void {
  for (const count of Object.values({ ...meters, ...otherMeters })) {
    expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  }
  const { input, output, cachedInput, toolUseInput = 0, audioInput = 0, imageInput = 0 } = meters;
  const { reasoning = 0, audioOutput = 0, imageOutput = 0, cachedAudioInput = 0 } = meters;
  if (input !== undefined) expect(toolUseInput + audioInput + imageInput).toBeLessThanOrEqual(input);
  if (output !== undefined) expect(reasoning + audioOutput + imageOutput).toBeLessThanOrEqual(output);
  expect(cachedAudioInput).toBeLessThanOrEqual(cachedInput ?? 0);
}

describe('recorded answers', { timeout: TIMEOUT_MS }, () => {
  it('read the same in any pieces', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...RECORDED), cuts, (answer, places) => {
        const { bytes } = answer;
        const at = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(readingOf(answer, pieces), answer.file).toEqual(readingOf(answer, [bytes]));
      }),
      { numRuns: 4_000 },
    );
  });

  const NOISE = [
    ': OPENROUTER PROCESSING\n',
    ': {"usage":{"prompt_tokens":7,"completion_tokens":7}}\n',
    'event: ping\ndata: {"type":"ping"}\n\n',
    'id: 7\nretry: 3000\n\n',
    'data: no JSON at all\n\n',
    'data: {"usage":{"prompt_tokens":7\n\n',
    'data: {"usage":null,"usageMetadata":null}\n\n',
    'note: {"usage":{"prompt_tokens":7,"completion_tokens":7}}\n\n',
    'data:\n\n',
    '\r\n',
    '\n\n',
  ];
  const streams = RECORDED.filter(({ file }) => file.endsWith('.sse'));

  it('of event streams read the same with anything else between their events', () => {
    const noise = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...NOISE)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.constantFrom(...streams), noise, (answer, insertions) => {
        const events = answer.bytes.toString('latin1').split(/(?<=\r\n\r\n|\n\n)/);
        for (const [place, text] of insertions) events.splice(1 + (place % Math.max(1, events.length - 1)), 0, text);
        const noisy = Buffer.from(events.join(''), 'latin1');
        expect(readingOf(answer, [noisy]), `${answer.file}\n${noisy}`).toEqual(readingOf(answer, [answer.bytes]));
      }),
      { numRuns: 4_000 },
    );
  });

  const lines = RECORDED.filter(({ file, endpoint }) => /\.(?:ndjson|jsonl)$/.test(file) && endpoint !== 'opaque');

  it('of lines read the same with broken lines between them', () => {
    const BROKEN = ['{"done":\n', '{"message":"\n', '[1,2\n', '"\n', 'garbage\n', '{}\n', '\n', '}\n'];
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(), fc.constantFrom(...BROKEN), (answer, place, text) => {
        const all = answer.bytes.toString('latin1').split(/(?<=\n)/);
        all.splice(1 + (place % Math.max(1, all.length - 1)), 0, text);
        const noisy = Buffer.from(all.join(''), 'latin1');
        expect(readingOf(answer, [noisy]), `${answer.file}\n${noisy}`).toEqual(readingOf(answer, [answer.bytes]));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('whatever an upstream writes where its usage belongs', { timeout: TIMEOUT_MS }, () => {
  it('any JSON is read without a fault', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DIALECTS), fc.jsonValue(), (dialect, usage) => {
        expectSound(read(dialect, usage));
      }),
      { numRuns: 5_000 },
    );
  });

  const anything = fc.oneof(
    { weight: 4, arbitrary: fc.nat(1_000) },
    fc.constantFrom(undefined, null, -1, 1.5, '12', '', true, {}, [], [7], 1e21, Number.MAX_SAFE_INTEGER, -0),
  );

  it('no meter is below zero, no part above its whole, and what is no count is never called reported', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DIALECTS), fc.array(anything, { maxLength: 16 }), (dialect, values) => {
        const usage = usageOf(dialect.counts, values);
        const reading = read(dialect, usage);
        expectSound(reading);
        const wholes = dialect.counts.filter((name) => !name.includes('.'));
        const sides = wholes.slice(0, wholes[0]?.startsWith('total') ? 3 : 2);
        const isMisstated =
          dialect.endpoint !== 'invoke' &&
          sides.some((name) => usage[name] !== undefined && usage[name] !== null && !isCount(usage[name]));
        if (isMisstated && Object.keys(reading.meters).length > 0) expect(reading.usageSource).not.toBe('reported');
      }),
      { numRuns: 10_000 },
    );
  });

  it('a reading is only called reported where its parts add up to the upstream’s own total', () => {
    const small = fc.array(fc.option(fc.nat(40), { nil: undefined }), { minLength: 5, maxLength: 16 });
    // Perplexity's total leaves reasoning out, Converse's the cache, or not; behind `invoke` are several conventions.
    const held = DIALECTS.filter(
      ({ type, endpoint, counts }) => type !== 'perplexity' && endpoint !== 'invoke' && counts[0]?.startsWith('total'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...held), small, (dialect, values) => {
        const reading = read(dialect, usageOf(dialect.counts, values));
        const [total] = values;
        if (reading.usageSource !== 'reported' || total === undefined) return;
        const { meters } = reading;
        const { output = 0 } = meters;
        const isBesideAllowed = dialect.counts === MESSAGES || dialect.type === 'bedrock';
        const sums = [readOf(meters) + output, ...(isBesideAllowed ? [(meters.input ?? 0) + output] : [])];
        expect(sums, JSON.stringify({ dialect, values, meters })).toContain(total);
      }),
      { numRuns: 10_000 },
    );
  });
});

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

describe('usage as its upstream documents it comes out to the token', { timeout: TIMEOUT_MS }, () => {
  const count = fc.nat(2_000_000);
  const [fresh, cached, written, long, output] = [count, count, count, count, count];
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const dialectOf = (type: ProviderType, endpoint: string) =>
    DIALECTS.find((dialect) => dialect.type === type && dialect.endpoint === endpoint) as Dialect;

  it('OpenAI: everything inside its total', () => {
    fc.assert(
      fc.property(fresh, cached, written, output, share, share, (input, read1, write, out, ofOutput, ofCached) => {
        const reasoning = Math.floor(out * ofOutput);
        const cachedAudio = Math.floor(read1 * ofCached);
        const audio = Math.floor(input * ofCached);
        const prompt = input + read1 + write;
        const { meters, usageSource } = read(dialectOf('openai', 'responses'), {
          ...{ input_tokens: prompt, output_tokens: out, total_tokens: prompt + out },
          input_tokens_details: {
            ...{ cached_tokens: read1, cache_write_tokens: write, audio_tokens: audio + cachedAudio },
            cached_tokens_details: { audio_tokens: cachedAudio },
          },
          output_tokens_details: { reasoning_tokens: reasoning },
        });
        expect(usageSource).toBe('reported');
        expect(meters).toEqual({
          ...{ input, cachedInput: read1, cacheWriteUnknown: write, output: out, reasoning },
          ...{ audioInput: audio, cachedAudioInput: cachedAudio },
        });
      }),
    );
  });

  it('Anthropic: the cache beside the input, each life of it apart', () => {
    fc.assert(
      fc.property(fresh, cached, written, long, output, (input, read1, short, hour, out) => {
        const { meters, usageSource } = read(dialectOf('anthropic', 'messages'), {
          ...{ input_tokens: input, cache_read_input_tokens: read1, cache_creation_input_tokens: short + hour },
          cache_creation: { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: hour },
          output_tokens: out,
        });
        expect(usageSource).toBe('reported');
        expect(meters).toEqual({ input, cachedInput: read1, cacheWrite5m: short, cacheWrite1h: hour, output: out });
      }),
    );
  });

  it('Google: the cache inside the prompt, tools and thoughts beside it', () => {
    fc.assert(
      fc.property(fresh, cached, written, long, output, (text, read1, tools, thoughts, candidates) => {
        const { meters, usageSource } = read(dialectOf('google', 'generate_content'), {
          ...{ promptTokenCount: text + read1, cachedContentTokenCount: read1, toolUsePromptTokenCount: tools },
          ...{ thoughtsTokenCount: thoughts, candidatesTokenCount: candidates },
          totalTokenCount: text + read1 + tools + thoughts + candidates,
        });
        expect(usageSource).toBe('reported');
        expect(meters).toEqual({
          ...{ input: text + tools, cachedInput: read1, toolUseInput: tools },
          ...{ output: candidates + thoughts, reasoning: thoughts },
        });
      }),
    );
  });

  it('Bedrock Converse: the cache beside the input, in the total or not', () => {
    fc.assert(
      fc.property(fresh, cached, written, output, fc.boolean(), (input, read1, write, out, isInTotal) => {
        const { meters, usageSource } = read(dialectOf('bedrock', 'converse'), {
          ...{ inputTokens: input, cacheReadInputTokens: read1, cacheWriteInputTokens: write, outputTokens: out },
          totalTokens: input + out + (isInTotal ? read1 + write : 0),
        });
        expect(usageSource).toBe('reported');
        expect(meters).toEqual({ input, cachedInput: read1, cacheWriteUnknown: write, output: out });
      }),
    );
  });

  it('images: all output that is not text is images', () => {
    fc.assert(
      fc.property(fresh, cached, output, share, fc.boolean(), (text, images, out, ofOutput, isDivided) => {
        const words = isDivided ? Math.floor(out * ofOutput) : 0;
        const { meters } = read(dialectOf('openai', 'images.generations'), {
          ...{ input_tokens: text + images, output_tokens: out, total_tokens: text + images + out },
          input_tokens_details: { text_tokens: text, image_tokens: images },
          ...(isDivided && { output_tokens_details: { text_tokens: words, image_tokens: out - words } }),
        });
        const expected = { input: text + images, imageInput: images, output: out, imageOutput: out - words };
        expect(meters).toEqual(expected);
      }),
    );
  });
});

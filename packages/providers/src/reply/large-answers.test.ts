import { describe, expect, it } from 'vitest';
import { type ProviderTypeDefinition, providerTypeOf } from '../index.js';

const IMAGE = Buffer.alloc(3_000_000, 'iVBORw0KGgo').toString();
const CHUNK_BYTES = 16_384;

function readInChunks(definition: ProviderTypeDefinition, endpoint: string, text: string) {
  const bytes = Buffer.from(text);
  const reader = definition.usageReader(endpoint, { status: 200, contentType: 'text/event-stream' });
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) reader.push(bytes.subarray(at, at + CHUNK_BYTES));
  return reader.read();
}

describe('an answer of megabytes', () => {
  const openai = providerTypeOf('openai');

  it('an image in the terminal event does not hide the usage behind it', () => {
    const image = `{"type":"image_generation_call","result":"${IMAGE}"}`;
    const usage = '{"input_tokens":7,"output_tokens":9}';
    const response = `{"model":"gpt-5","output":[${image}],"usage":${usage}}`;
    const stream = `event: response.completed\ndata: {"type":"response.completed","response":${response}}\n\n`;
    expect(readInChunks(openai, 'responses', stream)).toMatchObject({
      servedModel: 'gpt-5',
      meters: { input: 7, output: 9 },
      usageSource: 'reported',
      finished: true,
    });
  });

  it('embeddings by the thousand are counted from their last bytes', () => {
    const rows = `{"object":"embedding","embedding":[${'0.0123,'.repeat(300_000)}0]}`;
    const body = `{"object":"list","data":[${rows}],"model":"text-embedding-3-large","usage":{"prompt_tokens":5,"total_tokens":5}}`;
    expect(readInChunks(openai, 'embeddings', body)).toMatchObject({ meters: { input: 5, output: 0 } });
  });

  it('a usage object too large to keep is not taken for one', () => {
    const body = `{"model":"m","usage":{"prompt_tokens":5,"x":"${'y'.repeat(70_000)}"}}`;
    expect(readInChunks(openai, 'chat.completions', body)).toMatchObject({
      meters: {},
      rawUsage: null,
      servedModel: 'm',
    });
  });
});

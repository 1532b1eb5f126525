import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const GZIPPED = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };
/** Says something else than the path, as a body would that wants past a list. */
const OTHER = gzipSync('{"model":"other"}');
const FILE = Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n--x--\r\n');
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

let upstream: TestUpstream;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startUpstream();
  proxy = await startProxy();
  const at = { baseUrl: upstream.origin, secret: 'sk' };
  const listed = [
    provider({ ...at, name: 'azure', type: 'azure_openai', models: ['m'] }),
    provider({ ...at, name: 'google', type: 'google', models: ['m'] }),
    provider({ ...at, name: 'vertex', type: 'vertex', models: ['m'], settings: { project_id: 'p', location: 'l' } }),
    provider({ ...at, name: 'bedrock', type: 'bedrock', models: [CLAUDE], settings: { region: 'us-east-1' } }),
    provider({ ...at, name: 'replicate', type: 'replicate', models: ['o/m'] }),
  ];
  const open = listed.map((each) =>
    provider({ ...at, name: `${each.name}-open`, type: each.type, settings: each.settings }),
  );
  proxy.publish(snapshotOf({ providers: [...listed, ...open], tokens: [app.entry] }));
});
beforeEach(() => {
  upstream.received.length = 0;
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

function send(name: string, path: string, headers: Record<string, string>, body: Buffer) {
  const authorization = `Bearer ${app.text}`;
  return call(`${proxy.origin}/llm/v1/providers/${name}/${path}`, { headers: { authorization, ...headers }, body });
}

type Sample = readonly [name: string, path: (model: string) => string, model: string, how: string];
const SAMPLES: readonly Sample[] = [
  ['azure', (model) => `openai/deployments/${model}/chat/completions`, 'm', 'gzip'],
  ['azure', (model) => `openai/deployments/${model}/audio/transcriptions`, 'm', 'multipart'],
  ['azure', (model) => `openai/deployments/${model}/images/edits`, 'm', 'multipart'],
  ['google', (model) => `v1beta/models/${model}:generateContent`, 'm', 'gzip'],
  ['google', (model) => `v1beta/models/${model}:streamGenerateContent?alt=sse`, 'm', 'gzip'],
  ['vertex', (model) => `v1/projects/p/locations/l/publishers/google/models/${model}:generateContent`, 'm', 'gzip'],
  ['bedrock', (model) => `model/${encodeURIComponent(model)}/converse`, CLAUDE, 'gzip'],
  ['replicate', (model) => `v1/models/${model}/predictions`, 'o/m', 'gzip'],
];

describe.each(SAMPLES)('a body that goes unread, %s %s', (name, path, model, how) => {
  const [headers, body] = how === 'gzip' ? [GZIPPED, OTHER] : [MULTIPART, FILE];

  it('is booked to the model its path names, with a list or without one, and passes unchanged', async () => {
    for (const each of [name, `${name}-open`]) {
      const answer = await send(each, path(model), headers, body);
      expect(answer.status, answer.body.toString()).toBe(200);
      expect(upstream.received.at(-1)?.body).toEqual(body);
      const event = await proxy.eventOf(answer.headers['x-weir-request-id'] as string);
      expect(event.requestedModel).toBe(model);
    }
  });

  it('runs no model outside the list', async () => {
    const answer = await send(name, path(`${model}x`), headers, body);
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([403, 'model_not_allowed']);
    expect(upstream.received).toHaveLength(0);
  });
});

it.each([
  ['azure', 'openai/v1/chat/completions', GZIPPED, gzipSync('{"model":"m"}')],
  ['azure', 'openai/v1/audio/transcriptions', MULTIPART, FILE],
  ['google', 'v1beta/openai/chat/completions', GZIPPED, gzipSync('{"model":"m"}')],
  ['vertex', 'v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict', GZIPPED, OTHER],
  ['replicate', 'v1/predictions', GZIPPED, gzipSync('{"version":"o/m"}')],
] as const)(
  'a body that goes unread where the model stands in it, %s %s, is held back by a list',
  async (name, path, headers, body) => {
    const answer = await send(name, path, headers, body);
    expect([answer.status, answer.headers['x-weir-error']]).toEqual([403, 'model_not_allowed']);
    expect(upstream.received).toHaveLength(0);
  },
);

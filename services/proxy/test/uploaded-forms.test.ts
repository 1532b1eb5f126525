import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from './support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

const app = token();
const BOUNDARY = '----weir7';
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (size: number) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n${'x'.repeat(size)}\r\n`;
const USAGE = {
  ...{ input_tokens: 150, output_tokens: 8_000, total_tokens: 8_150 },
  input_tokens_details: { text_tokens: 10, image_tokens: 140 },
};

let upstream: TestUpstream;
let proxy: RunningProxy;

beforeAll(async () => {
  upstream = await startUpstream();
  upstream.answer = (_req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ created: 1, data: [{ b64_json: 'AAAA' }], usage: USAGE }));
  };
  proxy = await startProxy();
  const up = provider({ name: 'up', baseUrl: upstream.origin, secret: 'sk' });
  proxy.publish(snapshotOf({ providers: [up], tokens: [app.entry] }));
});
afterAll(async () => {
  await proxy.close();
  await upstream.close();
});

async function sent(path: string, body: string) {
  const authorization = `Bearer ${app.text}`;
  const headers = { authorization, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const answer = await call(`${proxy.origin}/llm/v1/providers/up/${path}`, { headers, body: Buffer.from(body) });
  expect(answer.status).toBe(200);
  expect(upstream.received.at(-1)?.body.toString()).toBe(body);
  return proxy.eventOf(answer.headers['x-weir-request-id'] as string);
}

it('an upload is metered under the model its form names, and passes as it came', async () => {
  const body = `${file(400_000)}${field('model', 'gpt-image-1')}${field('prompt', 'A weir.')}--${BOUNDARY}--\r\n`;
  expect(await sent('v1/images/edits', body)).toMatchObject({
    ...{ endpoint: 'images.edits', requestedModel: 'gpt-image-1', requestBytes: body.length, usageSource: 'reported' },
    meters: { input: 150, imageInput: 140, output: 8_000, imageOutput: 8_000 },
  });
});

it('a form without a model, or to an unknown endpoint, names none', async () => {
  const none = await sent('v1/audio/transcriptions', `${file(10)}--${BOUNDARY}--\r\n`);
  expect(none).toMatchObject({ endpoint: 'audio.transcriptions', requestedModel: null });
  const unknown = await sent('v1/files', `${field('model', 'm')}--${BOUNDARY}--\r\n`);
  expect(unknown).toMatchObject({ endpoint: 'opaque', requestedModel: null });
});

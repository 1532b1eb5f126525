import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessKey, type BedrockSimulator, startBedrockSimulator } from './index.js';

const KEY: AccessKey = {
  accessKeyId: 'AKIASIMULATED0000001',
  secretAccessKey: 'simulated/secret+access/key/0123456789abcd',
  arn: 'arn:aws:iam::123456789012:user/weir',
};
const DENIED: AccessKey = { ...KEY, accessKeyId: 'AKIASIMULATED0000002', arn: `${KEY.arn}-denied`, isDenied: true };
const ENDED: AccessKey = {
  ...KEY,
  accessKeyId: 'ASIASIMULATED0000003',
  sessionToken: 'session-token',
  expiresAt: Date.now() - 1_000,
};
const ROLE = { arn: 'arn:aws:iam::210987654321:role/bedrock', externalId: 'weir-1', trusts: [KEY.arn] };
const APPLICATION = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const API_KEY = 'bedrock-api-key-simulated';

let simulator: BedrockSimulator;

beforeAll(async () => {
  simulator = await startBedrockSimulator({
    accessKeys: [KEY, DENIED, ENDED],
    apiKeys: [API_KEY],
    roles: [ROLE],
    applicationProfiles: { [APPLICATION]: CLAUDE },
  });
});

afterAll(() => simulator.close());

function client(over: Partial<BedrockRuntimeClientConfig> = {}): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: simulator.url,
    credentials: KEY,
    requestHandler: new NodeHttpHandler(),
    maxAttempts: 1,
    ...over,
  });
}

const hello = (modelId: string) =>
  new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'How does a weir measure?' }] }] });
const last = () => simulator.ledger.at(-1);

describe('the official client', () => {
  it.each([
    CLAUDE,
    'amazon.nova-lite-v1:0',
    APPLICATION,
    `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${CLAUDE}`,
  ])('converses with %s, signed, for what the ledger bills', async (modelId) => {
    const { output, usage, $metadata } = await client().send(hello(modelId));
    expect(output?.message?.content?.[0]?.text).toMatch(/^[a-z]+( [a-z]+)+$/);
    expect(last()).toMatchObject({ id: $metadata.requestId, model: modelId, caller: KEY.arn, exception: null });
    expect([usage?.inputTokens, usage?.outputTokens]).toEqual([last()?.billed?.input, last()?.billed?.output]);
  });

  it('streams a conversation with its usage at the end', async () => {
    const { input } = hello(CLAUDE);
    const cached = {
      messages: [
        {
          role: 'user' as const,
          content: [...(input.messages?.[0]?.content ?? []), { cachePoint: { type: 'default' as const } }],
        },
      ],
    };
    const { stream } = await client().send(new ConverseStreamCommand({ ...input, ...cached }));
    const events = [];
    for await (const event of stream ?? []) events.push(event);
    const usage = events.at(-1)?.metadata?.usage;
    const { billed } = last() ?? {};
    expect(usage?.outputTokens).toBe(billed?.output);
    expect(usage?.cacheDetails).toEqual([{ inputTokens: billed?.cacheWrite5m, ttl: '5m' }]);
    expect(events.filter(({ contentBlockDelta }) => contentBlockDelta).length).toBe(billed?.output);
  });

  it.each([
    [CLAUDE, { anthropic_version: 'bedrock-2023-05-31', max_tokens: 50, messages: [{ role: 'user', content: 'hi' }] }],
    ['amazon.nova-lite-v1:0', { messages: [{ role: 'user', content: [{ text: 'hi' }] }] }],
    ['meta.llama3-8b-instruct-v1:0', { prompt: 'hi', max_gen_len: 40 }],
    ['openai.gpt-oss-20b-1:0', { messages: [{ role: 'user', content: 'hi' }] }],
  ])('invokes %s with its own body, whole and streamed', async (modelId, ask) => {
    const body = JSON.stringify(ask);
    const whole = await client().send(new InvokeModelCommand({ modelId, body }));
    const { billed } = last() ?? {};
    expect(billed?.output).toBeGreaterThan(0);
    expect(JSON.parse(whole.body.transformToString())).toBeTypeOf('object');
    const answer = await client().send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
    const chunks: Record<string, unknown>[] = [];
    for await (const { chunk } of answer.body ?? [])
      chunks.push(JSON.parse(Buffer.from(chunk?.bytes ?? []).toString()));
    expect(chunks.at(-1)?.['amazon-bedrock-invocationMetrics']).toMatchObject({
      inputTokenCount: last()?.billed?.input,
      outputTokenCount: last()?.billed?.output,
    });
  });

  it('counts tokens, and OpenAI’s client chats with an API key', async () => {
    const { messages } = hello(CLAUDE).input;
    const counted = await client().send(new CountTokensCommand({ modelId: CLAUDE, input: { converse: { messages } } }));
    expect(counted.inputTokens).toBeGreaterThan(0);
    const openai = new OpenAI({ apiKey: API_KEY, baseURL: `${simulator.url}/openai/v1`, maxRetries: 0 });
    const chat = await openai.chat.completions.create({
      model: 'openai.gpt-oss-20b-1:0',
      messages: [{ role: 'user', content: 'hi' }],
    });
    expect(chat.usage?.completion_tokens).toBe(last()?.billed?.output);
    expect(last()?.signedWith).toBe('api-key');
  });
});

describe('turns down, as AWS words it,', () => {
  const failure = async (modelId: string, over: Partial<BedrockRuntimeClientConfig> = {}) => {
    const error = await client(over)
      .send(hello(modelId))
      .then(
        () => null,
        (thrown: Error & { $metadata: { httpStatusCode?: number } }) => thrown,
      );
    return [error?.$metadata.httpStatusCode, error?.name, error?.message];
  };
  const offset = (minutes: number) => ({ systemClockOffset: minutes * 60_000 });

  it.each<[string, string, Partial<BedrockRuntimeClientConfig>, number, string, RegExp]>([
    [
      'a wrong secret',
      CLAUDE,
      { credentials: { ...KEY, secretAccessKey: 'wrong' } },
      403,
      'InvalidSignatureException',
      /does not match the signature/,
    ],
    [
      'an unknown key',
      CLAUDE,
      { credentials: { ...KEY, accessKeyId: 'AKIAUNKNOWN' } },
      403,
      'UnrecognizedClientException',
      /security token .* is invalid/,
    ],
    [
      'a session token on a lasting key',
      CLAUDE,
      { credentials: { ...KEY, sessionToken: 'x' } },
      403,
      'UnrecognizedClientException',
      /is invalid/,
    ],
    ['a session that ended', CLAUDE, { credentials: ENDED }, 403, 'ExpiredTokenException', /is expired/],
    [
      'an identity without the permission',
      CLAUDE,
      { credentials: DENIED },
      403,
      'AccessDeniedException',
      /not authorized to perform: bedrock:InvokeModel/,
    ],
    ['another region', CLAUDE, { region: 'eu-west-1' }, 403, 'InvalidSignatureException', /scoped to a valid region/],
    ['a clock 6 minutes behind', CLAUDE, offset(-6), 403, 'InvalidSignatureException', /Signature expired/],
    ['a clock 6 minutes ahead', CLAUDE, offset(6), 403, 'InvalidSignatureException', /Signature not yet current/],
    [
      'a bare id that needs a profile',
      'anthropic.claude-sonnet-4-6',
      {},
      400,
      'ValidationException',
      /on-demand throughput isn’t supported/,
    ],
    [
      'a profile of another geography',
      `eu.${CLAUDE.slice(3)}`,
      {},
      400,
      'ValidationException',
      /identifier is invalid/,
    ],
    ['an unknown model', 'anthropic.claude-9', {}, 400, 'ValidationException', /identifier is invalid/],
    [
      'a profile of another region',
      APPLICATION.replace('us-east-1', 'eu-west-1'),
      {},
      404,
      'ResourceNotFoundException',
      /Could not resolve/,
    ],
    ['a throttled model', 'anthropic.sim-429', {}, 429, 'ThrottlingException', /simulated/],
  ])('%s', async (_what, modelId, over, status, name, message) => {
    const [gotStatus, gotName, gotMessage] = await failure(modelId, over);
    expect([gotStatus, gotName]).toEqual([status, name]);
    expect(gotMessage).toMatch(message);
    expect(last()?.exception).toBe(name);
  });

  it('a clock 4 minutes off is still taken', async () => {
    expect(await failure(CLAUDE, offset(-4))).toEqual([undefined, undefined, undefined]);
    expect(await failure(CLAUDE, offset(4))).toEqual([undefined, undefined, undefined]);
  });

  it('an exception after half of a stream', async () => {
    const { stream } = await client().send(
      new ConverseStreamCommand({
        ...hello('anthropic.sim-error-mid-stream').input,
        modelId: 'anthropic.sim-error-mid-stream',
      }),
    );
    const drained = (async () => {
      for await (const _event of stream ?? []);
    })();
    await expect(drained).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

/** SHA-256 as the signer wants it. */
class Sha256 {
  private readonly state: Hash | Hmac;
  constructor(secret?: string | Uint8Array) {
    this.state = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: Uint8Array | string) {
    this.state.update(data);
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.state.digest()));
  }
  reset() {}
}

async function signed(
  method: string,
  path: string,
  body: string,
  over: { key?: AccessKey; service?: string; query?: Record<string, string> } = {},
) {
  const { key = KEY, service = 'bedrock', query = {} } = over;
  const signer = new SignatureV4({ service, region: 'us-east-1', credentials: key, sha256: Sha256 as never });
  const { headers } = await signer.sign({
    method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: simulator.port,
    path,
    query,
    headers: { host: `127.0.0.1:${simulator.port}`, 'content-type': 'application/json' },
    body,
  });
  return headers;
}

describe('every part of a request is covered by its signature', () => {
  const path = `/model/${encodeURIComponent(CLAUDE)}/converse`;
  const body = JSON.stringify(hello(CLAUDE).input);

  it.each([
    ['nothing changed', path, body, {}, 200],
    ['the body', path, body.replace('measure', 'Measure'), {}, 403],
    ['the path', path.replace('%3A0', ':0'), body, {}, 403],
    ['the query', `${path}?x=1`, body, {}, 403],
    ['a signed header', path, body, { 'content-type': 'text/plain' }, 403],
    ['an added security token', path, body, { 'x-amz-security-token': 'x' }, 403],
    ['no date', path, body, { 'x-amz-date': '' }, 403],
    ['no signature at all', path, body, { authorization: '' }, 403],
  ])('%s', async (_what, target, sent, changed, status) => {
    const headers: Record<string, string> = { ...(await signed('POST', path, body)), ...changed };
    for (const name of Object.keys(headers)) if (headers[name] === '') delete headers[name];
    const answer = await request(`${simulator.url}${target}`, { method: 'POST', headers, body: sent });
    expect([answer.statusCode, await answer.body.text()]).toEqual([status, expect.any(String)]);
  });

  it('lists models and profiles', async () => {
    const query = { type: 'SYSTEM_DEFINED' };
    const headers = await signed('GET', '/inference-profiles', '', { query });
    const answer = await request(`${simulator.url}/inference-profiles?type=SYSTEM_DEFINED`, { headers });
    expect(JSON.stringify(await answer.body.json())).toContain(`"inferenceProfileId":"${CLAUDE}"`);
    const models = await request(`${simulator.url}/foundation-models`, {
      headers: await signed('GET', '/foundation-models', ''),
    });
    expect(JSON.stringify(await models.body.json())).toContain('"inferenceTypesSupported":["INFERENCE_PROFILE"]');
  });
});

describe('STS', () => {
  const assume = async (fields: Record<string, string>, key?: AccessKey) => {
    const form = new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleSessionName: 'weir',
      ...fields,
    });
    const headers = await signed('POST', '/', form.toString(), { service: 'sts', ...(key && { key }) });
    const answer = await request(`${simulator.url}/`, { method: 'POST', headers, body: form.toString() });
    return { status: answer.statusCode, xml: await answer.body.text() };
  };
  const between = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1] ?? '';

  it('gives keys that work until their session ends', async () => {
    const { status, xml } = await assume({ RoleArn: ROLE.arn, ExternalId: 'weir-1' });
    expect(status).toBe(200);
    const credentials = {
      accessKeyId: between(xml, 'AccessKeyId'),
      secretAccessKey: between(xml, 'SecretAccessKey'),
      sessionToken: between(xml, 'SessionToken'),
    };
    expect(Date.parse(between(xml, 'Expiration'))).toBeGreaterThan(Date.now() + 3_500_000);
    await client({ credentials }).send(hello(CLAUDE));
    expect(last()?.caller).toBe('arn:aws:sts::210987654321:assumed-role/bedrock/weir');
    simulator.keys.revoke(credentials.accessKeyId);
    await expect(client({ credentials }).send(hello(CLAUDE))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it.each([
    ['a missing external id', { RoleArn: ROLE.arn }, undefined, 403, 'AccessDenied'],
    ['a wrong external id', { RoleArn: ROLE.arn, ExternalId: 'other' }, undefined, 403, 'AccessDenied'],
    ['an unknown role', { RoleArn: `${ROLE.arn}-x`, ExternalId: 'weir-1' }, undefined, 403, 'AccessDenied'],
    ['an identity the role does not trust', { RoleArn: ROLE.arn, ExternalId: 'weir-1' }, DENIED, 403, 'AccessDenied'],
    [
      'a wrong secret',
      { RoleArn: ROLE.arn, ExternalId: 'weir-1' },
      { ...KEY, secretAccessKey: 'x' },
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a session too short',
      { RoleArn: ROLE.arn, ExternalId: 'weir-1', DurationSeconds: '60' },
      undefined,
      400,
      'ValidationError',
    ],
  ])('refuses %s', async (_what, fields, key, status, code) => {
    const answer = await assume(fields as Record<string, string>, key);
    expect([answer.status, between(answer.xml, 'Code')]).toEqual([status, code]);
  });
});

import { createHash } from 'node:crypto';
import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  type ContentBlock,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type AccessKey,
  type BedrockEntry,
  type BedrockSimulator,
  startBedrockSimulator,
} from '../simulator/bedrock/index.js';
import { collected as all } from './sdk-clients.js';
import { type System, startSystem } from './system.js';

const USER = 'arn:aws:iam::123456789012:user/weir';
const KEY: AccessKey = {
  accessKeyId: 'AKIASIMULATED0000001',
  secretAccessKey: 'simulated/secret+access/key/OfTheWeirTests',
  arn: USER,
};
const CHAIN_KEY: AccessKey = { ...KEY, accessKeyId: 'AKIASIMULATED0000002', arn: `${USER}-proxy` };
const ENDED_KEY: AccessKey = { ...KEY, accessKeyId: 'ASIAENDEDLONGAGO0003', sessionToken: 'ended', expiresAt: 1 };
const DENIED_KEY: AccessKey = { ...KEY, accessKeyId: 'AKIASIMULATED0000004', arn: `${USER}-denied`, isDenied: true };
const ROLE = { arn: 'arn:aws:iam::210987654321:role/bedrock', externalId: 'weir-1', trusts: [CHAIN_KEY.arn] };
const API_KEY = 'bedrock-api-key-of-the-simulator';
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const NOVA = 'amazon.nova-lite-v1:0';
const APPLICATION = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';

const WORLD = {
  accessKeys: [KEY, CHAIN_KEY, ENDED_KEY, DENIED_KEY],
  apiKeys: [API_KEY],
  roles: [ROLE],
  applicationProfiles: { [APPLICATION]: CLAUDE },
};

let system: System;
let upstream: BedrockSimulator;
/** The same upstream once more: what applications get without us, in a ledger of its own. */
let bare: BedrockSimulator;
let token: string;
const urls = new Map<string, string>();

interface Setup {
  readonly credentialKind: string;
  readonly region?: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  readonly models?: readonly string[];
}

const keysOf = ({ accessKeyId, secretAccessKey, sessionToken }: AccessKey) => ({
  access_key_id: accessKeyId,
  secret_access_key: secretAccessKey,
  ...(sessionToken && { session_token: sessionToken }),
});
const role = { role_arn: ROLE.arn, external_id: 'weir-1', session_name: 'weir-test' };
const SETUPS: Readonly<Record<string, Setup>> = {
  keys: { credentialKind: 'aws_static_keys', secrets: keysOf(KEY) },
  chain: { credentialKind: 'aws_default_chain' },
  role: { credentialKind: 'aws_assume_role', settings: role },
  bearer: { credentialKind: 'api_key', secrets: { api_key: API_KEY } },
  listed: { credentialKind: 'aws_static_keys', secrets: keysOf(KEY), models: [CLAUDE] },
  'wrong-secret': { credentialKind: 'aws_static_keys', secrets: { ...keysOf(KEY), secret_access_key: 'wrong' } },
  'wrong-key': {
    credentialKind: 'aws_static_keys',
    secrets: { ...keysOf(KEY), access_key_id: 'AKIAUNKNOWN000000000' },
  },
  'wrong-bearer': { credentialKind: 'api_key', secrets: { api_key: 'bedrock-api-key-of-nobody' } },
  'wrong-region': { credentialKind: 'aws_static_keys', secrets: keysOf(KEY), region: 'eu-west-1' },
  ended: { credentialKind: 'aws_static_keys', secrets: keysOf(ENDED_KEY) },
  denied: { credentialKind: 'aws_static_keys', secrets: keysOf(DENIED_KEY) },
  'wrong-role': { credentialKind: 'aws_assume_role', settings: { ...role, external_id: 'other' } },
};

beforeAll(async () => {
  upstream = await startBedrockSimulator(WORLD);
  bare = await startBedrockSimulator(WORLD);
  system = await startSystem({
    queue: 'redis',
    allowedHosts: [`127.0.0.1:${upstream.port}`],
    env: {
      WEIR_AWS_STS_URL: upstream.url,
      AWS_ACCESS_KEY_ID: CHAIN_KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CHAIN_KEY.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  });
  const { console } = system;
  await console.setUp(system.setupLink);
  for (const [
    name,
    { credentialKind, region = 'us-east-1', secrets = {}, settings = {}, models = [] },
  ] of Object.entries(SETUPS)) {
    const url = await console.createProvider({
      ...{ name, displayName: name, type: 'bedrock', baseUrl: upstream.url, credentialKind, models },
      // An upstream that is left alone stops, and says so in its ledger.
      onClientClose: 'CANCEL',
      credentials: Object.entries(secrets).map(([slot, secretValue]) => ({
        ...{ slot, secretValue, secretId: `${name}_${slot}`.toUpperCase().replaceAll('-', '_') },
      })),
      settings: Object.entries({ ...settings, region }).map(([setting, value]) => ({ name: setting, value })),
    });
    urls.set(name, url);
  }
  token = await console.createToken(await console.createApp('sdk'));
  await system.configured();
});

afterAll(async () => {
  await system?.end();
  await upstream?.close();
  await bare?.close();
});

const common = { region: 'us-east-1', maxAttempts: 1 };
const direct = (over: Partial<BedrockRuntimeClientConfig> = {}) =>
  new BedrockRuntimeClient({
    ...common,
    endpoint: bare.url,
    credentials: KEY,
    requestHandler: new NodeHttpHandler(),
    ...over,
  });
/** As `AWS_BEARER_TOKEN_BEDROCK` makes it, over the HTTP/2 without TLS that this client begins with on its own. */
const proxied = (provider: string, over: Partial<BedrockRuntimeClientConfig> = {}) =>
  new BedrockRuntimeClient({
    ...{
      ...common,
      endpoint: urls.get(provider) as string,
      token: { token },
      authSchemePreference: ['httpBearerAuth'],
    },
    ...over,
  });

function collected<T>(stream: AsyncIterable<T> | undefined): Promise<T[]> {
  if (stream === undefined) throw new Error('the answer has no stream');
  return all(stream);
}

const said = (...content: ContentBlock[]): ConverseCommandInput['messages'] => [{ role: 'user', content }];
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const GAUGE = {
  tools: [
    {
      toolSpec: {
        name: 'gauge_level',
        inputSchema: { json: { type: 'object', properties: { gauge: { type: 'string' } } } },
      },
    },
  ],
};
const LONG = 'The weir stands in the river. '.repeat(20_000);

const CONVERSATIONS: Readonly<Record<string, Omit<ConverseCommandInput, 'modelId'>>> = {
  'a question': { messages: said({ text: 'How does a weir measure?' }) },
  'a system prompt and a limit': {
    system: [{ text: 'Be brief.' }],
    messages: said({ text: 'Why?' }),
    inferenceConfig: { maxTokens: 5 },
  },
  'a tool that is called': { messages: said({ text: 'Call gauge_level now.' }), toolConfig: GAUGE },
  'an image': { messages: said({ image: { format: 'png', source: { bytes: PIXEL } } }, { text: 'What is it?' }) },
  'a cached prompt': {
    messages: said({ text: LONG.slice(0, 9_000) }, { cachePoint: { type: 'default' } }, { text: 'And?' }),
  },
  'a prompt cached for an hour': {
    messages: said({ text: LONG.slice(0, 9_000) }, { cachePoint: { type: 'default', ttl: '1h' } }, { text: 'And?' }),
  },
  'a conversation that goes on': {
    messages: [
      ...(said({ text: LONG.slice(0, 9_000) }, { cachePoint: { type: 'default' } }) ?? []),
      { role: 'assistant', content: [{ text: 'Yes.' }] },
      ...(said({ text: 'And then?' }) ?? []),
    ],
  },
  'a context of 600 KB': { messages: said({ text: LONG }) },
  'a priority tier': { messages: said({ text: 'Now.' }), serviceTier: { type: 'priority' } },
};

const BODIES: readonly (readonly [string, object])[] = [
  [CLAUDE, { anthropic_version: 'bedrock-2023-05-31', max_tokens: 90, messages: [{ role: 'user', content: 'hi' }] }],
  [NOVA, { schemaVersion: 'messages-v1', messages: [{ role: 'user', content: [{ text: 'hi' }] }] }],
  ['meta.llama3-8b-instruct-v1:0', { prompt: 'hi', max_gen_len: 40 }],
  ['openai.gpt-oss-20b-1:0', { messages: [{ role: 'user', content: 'hi' }] }],
];

/** What both sides got, without the ids of the request. */
async function both<T>(run: (client: BedrockRuntimeClient) => Promise<T>, provider = 'keys') {
  const wanted = await run(direct());
  const got = await run(proxied(provider));
  expect(JSON.stringify(got)).toBe(JSON.stringify(wanted));
  return got;
}

describe('the official client, with a gateway token for its key, gets what the upstream itself answers', () => {
  it.each(Object.keys(CONVERSATIONS).flatMap((what) => [CLAUDE, NOVA].map((modelId) => [what, modelId] as const)))(
    '%s, of %s, whole and streamed',
    async (what, modelId) => {
      const input = { ...(CONVERSATIONS[what] as object), modelId } as ConverseCommandInput;
      const whole = await both(async (client) => {
        const { $metadata: _metadata, ...answer } = await client.send(new ConverseCommand(input));
        return answer;
      });
      expect(whole.usage?.outputTokens).toBeGreaterThan(0);
      const events = await both(async (client) =>
        collected((await client.send(new ConverseStreamCommand(input))).stream),
      );
      expect(events.at(-1)?.metadata?.usage).toEqual(whole.usage);
      if (what.includes('tool')) expect(whole.stopReason).toBe('tool_use');
    },
  );

  it.each(BODIES)('%s under InvokeModel, whole and streamed', async (modelId, ask) => {
    const body = JSON.stringify(ask);
    await both(async (client) =>
      (await client.send(new InvokeModelCommand({ modelId, body }))).body.transformToString(),
    );
    const chunks = await both(async (client) => {
      const answer = await client.send(new InvokeModelWithResponseStreamCommand({ modelId, body }));
      return (await collected(answer.body)).map(({ chunk }) => Buffer.from(chunk?.bytes ?? []).toString());
    });
    expect(chunks.at(-1)).toContain('amazon-bedrock-invocationMetrics');
  });

  it('an embedding, and a count of tokens', async () => {
    const modelId = 'amazon.titan-embed-text-v2:0';
    const body = JSON.stringify({ inputText: 'river' });
    await both(async (client) =>
      (await client.send(new InvokeModelCommand({ modelId, body }))).body.transformToString(),
    );
    const input = { converse: { messages: said({ text: 'river' }) } };
    await both(async (client) => (await client.send(new CountTokensCommand({ modelId: CLAUDE, input }))).inputTokens);
  });

  it.each(['keys', 'chain', 'role', 'bearer'])('under %s', async (provider) => {
    const input = { modelId: APPLICATION, messages: said({ text: `through ${provider}` }) };
    await both(async (client) => (await client.send(new ConverseCommand(input))).output, provider);
    await both(async (client) => collected((await client.send(new ConverseStreamCommand(input))).stream), provider);
    const callers = {
      keys: KEY.arn,
      chain: CHAIN_KEY.arn,
      role: 'arn:aws:sts::210987654321:assumed-role/bedrock/weir-test',
      bearer: 'api-key',
    };
    expect(upstream.ledger.at(-1)).toMatchObject({
      caller: callers[provider as keyof typeof callers],
      model: APPLICATION,
    });
  });

  it('over HTTP/1.1 too', async () => {
    const client = proxied('keys', { requestHandler: new NodeHttpHandler() });
    const input = { modelId: NOVA, messages: said({ text: 'one point one' }) };
    const wanted = await direct().send(new ConverseCommand(input));
    expect((await client.send(new ConverseCommand(input))).output).toEqual(wanted.output);
    const { stream } = await client.send(new ConverseStreamCommand(input));
    expect((await collected(stream)).at(-1)?.metadata?.usage).toEqual(wanted.usage);
  });

  it('a client that signs is taken by its token; its signature goes no further', async () => {
    const client = proxied('keys', {
      token: undefined as never,
      authSchemePreference: ['sigv4'],
      credentials: { accessKeyId: 'AKIAOFTHECLIENT', secretAccessKey: 'of the client', sessionToken: 'of the client' },
    });
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: object }).headers, { 'x-weir-authorization': `Bearer ${token}` });
        return next(args);
      },
      { step: 'build' },
    );
    await client.send(new ConverseCommand({ modelId: NOVA, messages: said({ text: 'signed' }) }));
    expect(upstream.ledger.at(-1)).toMatchObject({ caller: KEY.arn, exception: null });
    expect(upstream.ledger.at(-1)?.headerNames).not.toContain('x-amz-security-token');
  });

  it('OpenAI’s client chats below the proxy URL, and the upstream below openai/v1', async () => {
    const base = urls.get('keys') as string;
    const ask = { model: 'openai.gpt-oss-20b-1:0', messages: [{ role: 'user' as const, content: 'hi' }] };
    for (const path of ['', '/v1', '/openai/v1']) {
      const openai = new OpenAI({ apiKey: token, baseURL: `${base}${path}`, maxRetries: 0 });
      const answer = await openai.chat.completions.create(ask);
      expect(answer.usage?.completion_tokens).toBe(upstream.ledger.at(-1)?.billed?.output);
      const chunks = await collected(await openai.chat.completions.create({ ...ask, stream: true }));
      expect(chunks.filter(({ usage }) => usage)).toEqual([]);
      expect(upstream.ledger.at(-1)).toMatchObject({ target: '/openai/v1/chat/completions', isUsageSent: true });
    }
  });
});

describe('a test of the connection', () => {
  interface Told {
    readonly ok: boolean;
    readonly status: number | null;
    readonly summary: string;
    readonly models: string[] | null;
    readonly upstreamError: string | null;
  }
  const tested = async (name: string, model?: string) => {
    const query =
      'mutation($input: TestConnectionInput!) { testConnection(input: $input) { ok status summary models upstreamError } }';
    const { testConnection } = await system.console.ask<{ testConnection: Told }>(query, {
      input: { provider: name, model },
    });
    return testConnection;
  };

  it.each(['keys', 'chain', 'role', 'bearer'])(
    'under %s proves a model, and lists bare ids and profiles',
    async (name) => {
      expect(await tested(name, CLAUDE)).toMatchObject({ ok: true, status: 200 });
      const { ok, models } = await tested(name);
      expect(ok).toBe(true);
      expect(models).toEqual(expect.arrayContaining([NOVA, CLAUDE, `global.${CLAUDE.slice(3)}`, APPLICATION]));
      // It can be called through a profile only.
      expect(models).not.toContain('anthropic.claude-sonnet-4-6');
    },
  );

  it.each([
    ['wrong-secret', CLAUDE, 403, /signature/],
    ['wrong-key', CLAUDE, 403, /security token/],
    ['wrong-region', CLAUDE, 403, /region/],
    ['ended', CLAUDE, 403, /expired/],
    ['denied', CLAUDE, 403, /not authorized/],
    ['keys', 'anthropic.claude-sonnet-4-6', 400, /inference profile/],
  ])('%s with %s says %i, in the upstream’s words and in ours', async (name, model, status, words) => {
    const told = await tested(name, model);
    expect(told).toMatchObject({ ok: false, status, upstreamError: expect.stringMatching(words) });
    expect(told.summary).toMatch(/\S+ \S+/);
  });
});

describe('byte for byte', () => {
  const sample = (model: string, operation: string, body: object) =>
    [`model/${encodeURIComponent(model)}/${operation}`, JSON.stringify(body)] as const;
  const hello = { messages: [{ role: 'user', content: [{ text: 'bytes' }] }] };

  it.each([
    sample(CLAUDE, 'converse', hello),
    sample(CLAUDE, 'converse-stream', hello),
    sample(APPLICATION, 'converse-stream', hello),
    sample('anthropic.sim-split-bytes-3', 'converse-stream', hello),
    sample('anthropic.sim-error-mid-stream', 'converse-stream', hello),
    sample('anthropic.sim-no-usage', 'converse-stream', hello),
    ...BODIES.map(([model, body]) => sample(model, 'invoke-with-response-stream', body)),
    sample('anthropic.sim-503', 'converse', hello),
    sample('anthropic.claude-sonnet-4-6', 'converse', hello),
    sample(CLAUDE, 'count-tokens', { input: { converse: hello } }),
  ])('%s passes as it is', async (path, body) => {
    const fetched = async (base: string, key: string) => {
      const answer = await request(`${base}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const told = ['content-type', 'x-amzn-errortype', 'x-amzn-bedrock-input-token-count'];
      return {
        status: answer.statusCode,
        headers: told.map((name) => answer.headers[name]),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      };
    };
    const wanted = await fetched(bare.url, API_KEY);
    expect(await fetched(urls.get('keys') as string, token)).toEqual(wanted);
    // What came out is what went in, by the upstream's own hash, and its path was not written anew.
    await vi.waitUntil(() => upstream.ledger.at(-1)?.target === `/${path}`);
    expect(upstream.ledger.at(-1)?.sentSha256).toBe(wanted.sha256);
    expect(upstream.ledger.at(-1)?.requestSha256).toBe(createHash('sha256').update(body).digest('hex'));
  });
});

describe('what goes wrong is told in the upstream’s own words', () => {
  const failure = async (provider: string, modelId = CLAUDE) => {
    const sent = proxied(provider).send(new ConverseCommand({ modelId, messages: said({ text: 'hi' }) }));
    const error = await sent.then(
      () => null,
      (thrown: Error & { $metadata: { httpStatusCode?: number } }) => thrown,
    );
    return { name: error?.name, status: error?.$metadata.httpStatusCode, message: error?.message };
  };

  it.each([
    ['wrong-secret', CLAUDE, 403, 'InvalidSignatureException', /signature we calculated does not match/],
    ['wrong-key', CLAUDE, 403, 'UnrecognizedClientException', /security token .* is invalid/],
    ['wrong-bearer', CLAUDE, 403, 'AccessDeniedException', /make sure your API Key is valid/],
    ['wrong-region', CLAUDE, 403, 'InvalidSignatureException', /scoped to a valid region/],
    ['ended', CLAUDE, 403, 'ExpiredTokenException', /is expired/],
    ['denied', CLAUDE, 403, 'AccessDeniedException', /not authorized to perform: bedrock:InvokeModel/],
    ['keys', 'anthropic.claude-sonnet-4-6', 400, 'ValidationException', /on-demand throughput isn’t supported/],
    ['keys', 'eu.anthropic.claude-sonnet-4-6', 400, 'ValidationException', /identifier is invalid/],
    ['keys', APPLICATION.replace('us-east-1', 'eu-west-1'), 404, 'ResourceNotFoundException', /Could not resolve/],
    ['keys', 'anthropic.sim-429', 429, 'ThrottlingException', /simulated/],
  ])('%s, %s: %i %s', async (provider, modelId, status, name, message) => {
    const told = await failure(provider, modelId);
    expect(told).toEqual({ name, status, message: expect.stringMatching(message) });
    await vi.waitUntil(() => upstream.ledger.at(-1)?.exception === name);
  });

  it('a role that cannot be assumed is refused by us, as an exception the client knows', async () => {
    const told = await failure('wrong-role');
    expect(told).toMatchObject({ name: 'ServiceUnavailableException', status: 503 });
    expect(told.message).toMatch(/role/i);
  });

  it('a model outside the list, a wrong token and an unknown provider are refused as the client’s own exceptions', async () => {
    expect(await failure('listed', NOVA)).toMatchObject({ name: 'AccessDeniedException', status: 403 });
    expect(await failure('listed')).toMatchObject({ name: undefined });
    const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${CLAUDE}`;
    expect(await failure('listed', arn)).toMatchObject({ name: undefined });
    expect(await failure('listed', APPLICATION)).toMatchObject({ name: 'AccessDeniedException', status: 403 });
    const hello = new ConverseCommand({ modelId: NOVA, messages: said({ text: 'hi' }) });
    await expect(proxied('keys', { token: { token: 'weir_wrong' } }).send(hello)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 401 },
    });
    const nowhere = (urls.get('keys') as string).replace(/keys$/, 'nowhere');
    await expect(proxied('keys', { endpoint: nowhere }).send(hello)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('OpenAI’s client is refused in its own shape', async () => {
    const openai = new OpenAI({ apiKey: token, baseURL: `${urls.get('listed')}/openai/v1`, maxRetries: 0 });
    const ask = { model: 'openai.gpt-oss-20b-1:0', messages: [{ role: 'user' as const, content: 'hi' }] };
    await expect(openai.chat.completions.create(ask)).rejects.toMatchObject({
      ...{ status: 403, code: 'model_not_allowed', message: expect.stringContaining('gpt-oss-20b') },
    });
  });

  it('an exception in the middle of a stream reaches the client as one', async () => {
    const modelId = 'anthropic.sim-error-mid-stream';
    const { stream } = await proxied('keys').send(
      new ConverseStreamCommand({ modelId, messages: said({ text: 'x' }) }),
    );
    await expect(collected(stream)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it.each([
    ['HTTP/2', {}],
    ['HTTP/1.1', { requestHandler: new NodeHttpHandler() }],
  ])('a stream that breaks off upstream breaks off for the client, over %s', async (_what, over) => {
    const modelId = 'anthropic.sim-cut-mid-stream';
    const input = { modelId, messages: said({ text: 'x' }) };
    const { stream } = await proxied('keys', over).send(new ConverseStreamCommand(input));
    await expect(collected(stream)).rejects.toThrow();
  });

  it('a stream that is left is cancelled upstream', async () => {
    const modelId = 'anthropic.sim-stall-mid-stream';
    const gone = new AbortController();
    const { stream } = await proxied('keys').send(
      new ConverseStreamCommand({ modelId, messages: said({ text: 'left' }) }),
      { abortSignal: gone.signal },
    );
    let events = 0;
    const reading = (async () => {
      for await (const _event of stream ?? []) if (++events === 3) gone.abort();
    })();
    // Whether an abort of its own raises is the client's affair.
    await Promise.allSettled([reading]);
    expect(events).toBeGreaterThanOrEqual(3);
    await vi.waitUntil(() => upstream.ledger.at(-1)?.model === modelId);
    expect(upstream.ledger.at(-1)?.ended).toBe('stalled');
  });
});

interface StoredCall {
  readonly upstreamRequestId: string;
  readonly endpoint: string;
  readonly requestedModel: string | null;
  readonly servedModel: string | null;
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly usageSource: string;
  readonly streamed: boolean | number;
  readonly input: number | null;
  readonly cached: number | null;
  readonly writes: number | null;
  readonly output: number | null;
  readonly firstTokenMs: number | null;
}

const STORED = `
  SELECT upstream_request_id AS upstreamRequestId, endpoint, requested_model AS requestedModel,
    served_model AS servedModel, outcome, error_code AS errorCode, usage_source AS usageSource, streamed,
    toFloat64(input_tokens) AS input, toFloat64(cached_input_tokens) AS cached, toFloat64(output_tokens) AS output,
    toFloat64(ifNull(cache_write_5m_tokens, 0) + ifNull(cache_write_1h_tokens, 0) + ifNull(cache_write_unknown_tokens, 0)) AS writes,
    first_token_ms AS firstTokenMs
  FROM usage_events_v1 WHERE upstream_request_id IS NOT NULL`;

const ENDPOINTS: Readonly<Record<string, string>> = {
  converse: 'converse',
  'converse-stream': 'converse_stream',
  invoke: 'invoke',
  'invoke-with-response-stream': 'invoke_stream',
  'count-tokens': 'count_tokens',
  chat: 'chat.completions',
};

describe('the books', () => {
  it('say of every call what the upstream says: model, outcome and every token it bills', async () => {
    await system.settled();
    // What the console asked of its own accord is no application's call.
    const served = upstream.ledger.filter(
      ({ operation, userAgent }) => operation !== 'AssumeRole' && userAgent !== 'weir',
    );
    const events = new Map(
      (await system.books.ask<StoredCall>(STORED)).map((event) => [event.upstreamRequestId, event]),
    );
    expect(events.size).toBe(served.length);
    const sums = { input: 0, cached: 0, writes: 0, output: 0 };
    for (const entry of served) {
      const event = events.get(entry.id);
      expect(event, entry.id).toMatchObject(wantedOf(entry));
      expect(event?.servedModel).toBe(null);
      const { billed } = entry;
      if (billed === null || !entry.isUsageSent) {
        expect([event?.input, event?.output], `${entry.id} ${entry.model}`).toEqual([null, null]);
        continue;
      }
      const writes = billed.cacheWrite5m + billed.cacheWrite1h;
      expect({ ...event, cached: event?.cached ?? 0 }, `${entry.id} ${entry.operation} ${entry.model}`).toMatchObject({
        ...{ usageSource: 'reported', input: billed.input, cached: billed.cachedInput, writes, output: billed.output },
      });
      if (entry.isStream) expect(event?.firstTokenMs).toBeGreaterThan(0);
      sums.input += billed.input;
      sums.cached += billed.cachedInput;
      sums.writes += writes;
      sums.output += billed.output;
    }
    // What the comparison rests on.
    expect(Object.values(sums).filter((sum) => sum === 0)).toEqual([]);
    expect(served.length).toBeGreaterThan(60);
  });
});

function wantedOf({ exception, operation, ended, model, isStream, billed }: BedrockEntry): object {
  if (ended === 'stalled') return { outcome: 'client_closed', endpoint: ENDPOINTS[operation] };
  if (ended === 'cut') return { outcome: 'upstream_error', errorCode: 'upstream_reset', usageSource: 'none' };
  if (exception !== null) return { outcome: 'upstream_error', errorCode: exception, usageSource: 'none' };
  const isFault = model?.includes('sim-error') ?? false;
  return {
    outcome: isFault ? 'upstream_error' : 'completed',
    endpoint: ENDPOINTS[operation],
    requestedModel: model,
    ...(isFault && { errorCode: 'throttlingException' }),
    ...(billed === null && { usageSource: 'none' }),
    streamed: isStream,
  };
}

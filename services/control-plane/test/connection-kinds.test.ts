import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ConnectionService } from '../src/providers/connection/connection.service.js';
import type { TestConnectionInput } from '../src/providers/connection/connection.types.js';
import type { CreateProviderInput } from '../src/providers/providers.inputs.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { SecretsService } from '../src/secrets/secrets.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];
type Answer = (call: Call) => Reply;

let postgres: TestServer;
let plane: Replica;
let viewer: Viewer;
let upstream: Server;
let issuer: Server;
let answer: Answer;
let issue: Answer;
const seen: Call[] = [];
const asked: Call[] = [];
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function serve(calls: Call[], reply: (call: Call) => Reply): Promise<Server> {
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const call = { method, url, headers, body: Buffer.concat(chunks).toString() };
    calls.push(call);
    const [status, body, extra] = reply(call);
    response.writeHead(status, { 'content-type': 'application/json', ...extra }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const AMBIENT = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;
const before = AMBIENT.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  upstream = await serve(seen, (call) => answer(call));
  issuer = await serve(asked, (call) => issue(call));
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), {
    WEIR_ALLOWED_HOSTS: [upstream, issuer].map((server) => new URL(urlOf(server)).host).join(','),
    WEIR_ENTRA_AUTHORITY: urlOf(issuer),
    WEIR_AWS_STS_URL: urlOf(issuer),
  });
}, 60_000);

afterAll(async () => {
  upstream?.close();
  issuer?.close();
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
  seen.length = 0;
  asked.length = 0;
  answer = () => [200, {}];
  issue = () => [500, {}];
});

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const create = (input: Partial<CreateProviderInput>) =>
  plane.app.get(ProvidersService).create(viewer, {
    ...{ name: 'alpha', displayName: 'Alpha', type: 'openai', baseUrl: urlOf(upstream) },
    ...input,
  });
const tested = (input: Partial<TestConnectionInput> = {}) =>
  plane.app.get(ConnectionService).test(viewer, { provider: 'alpha', ...input });
const stored = async () => {
  const provider = await plane.app.get(ProvidersService).get(viewer, 'alpha');
  if (!provider) throw new Error('alpha is gone');
  return provider;
};
const stateOf = (endpoints: readonly { endpoint: string; state: string }[]) =>
  Object.fromEntries(endpoints.map(({ endpoint, state }) => [endpoint, state]));

const SECRET_KEY = 'wJalrXUtnFEMI-K7MDENG-bPxRfiCYEXAMPLEKEY';
const bedrock = (input: Partial<CreateProviderInput> = {}) =>
  create({
    type: 'bedrock',
    credentialKind: 'aws_static_keys',
    credentials: [
      { slot: 'access_key_id', secretId: 'AWS_ID', secretValue: 'AKIAIOSFODNN7EXAMPLE' },
      { slot: 'secret_access_key', secretId: 'AWS_KEY', secretValue: SECRET_KEY },
    ],
    settings: [{ name: 'region', value: 'eu-west-1' }],
    ...input,
  });
const awsError = (status: number, type: string, message: string): Reply => [
  status,
  { message },
  { 'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/` },
];

describe('AWS Bedrock', () => {
  test('calls are signed for the region, and models and profiles are found in their lists', async () => {
    answer = ({ url }) =>
      url.startsWith('/foundation-models')
        ? [
            200,
            {
              modelSummaries: [
                { modelId: 'amazon.nova-lite-v1:0', inferenceTypesSupported: ['ON_DEMAND'] },
                { modelId: 'anthropic.claude-opus-4-6-v1', inferenceTypesSupported: ['INFERENCE_PROFILE'] },
              ],
            },
          ]
        : url.includes('SYSTEM_DEFINED')
          ? [200, { inferenceProfileSummaries: [{ inferenceProfileId: 'eu.anthropic.claude-opus-4-6-v1' }] }]
          : [200, { inferenceProfileSummaries: [] }];
    await bedrock();
    const result = await tested();
    expect(result).toMatchObject({
      ok: true,
      summary: 'Connected. The upstream listed its models with AWS_ID and AWS_KEY.',
      models: ['amazon.nova-lite-v1:0', 'eu.anthropic.claude-opus-4-6-v1'],
    });
    for (const { headers } of seen) {
      expect(headers.authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/bedrock\/aws4_request,/,
      );
    }
    expect(result.curl).toContain("--aws-sigv4 'aws:amz:eu-west-1:bedrock'");
    expect(result.curl).not.toContain(SECRET_KEY);
  });

  test.each<[string, Reply, RegExp]>([
    [
      'a wrong key',
      awsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
      /AWS does not know this access key \(403\).*AWS_ID/,
    ],
    [
      'an expired session',
      awsError(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
      /has expired \(403\)/,
    ],
    [
      'a wrong region',
      awsError(403, 'InvalidSignatureException', "Credential should be scoped to a valid region, not 'eu-west-1'."),
      /region and base URL belong together/,
    ],
    [
      'a missing profile',
      awsError(
        400,
        'ValidationException',
        'Invocation of model ID anthropic.claude-opus-4-6-v1 with on-demand throughput isn’t supported.',
      ),
      /eu\.anthropic\.claude-opus-4-6-v1/,
    ],
    [
      'an unknown model',
      awsError(404, 'ResourceNotFoundException', 'Could not resolve the foundation model'),
      /does not know anthropic\.claude-opus-4-6-v1 in eu-west-1/,
    ],
  ])('%s gives the upstream’s own error and what to check', async (_, reply, expected) => {
    answer = () => reply;
    await bedrock();
    const result = await tested({ model: 'anthropic.claude-opus-4-6-v1' });
    const [status, body, headers] = reply;
    expect(result).toMatchObject({
      ok: false,
      status,
      summary: expect.stringMatching(expected),
      upstreamError: (body as { message: string }).message,
      code: headers?.['x-amzn-errortype']?.split(':')[0],
    });
    expect(await stored()).toMatchObject({
      status: 'FAILING',
      statusReasons: expect.arrayContaining([result.summary]),
    });
  });

  test('an echo of the secret key is masked', async () => {
    answer = ({ headers }) => [403, { message: `canonical string with ${SECRET_KEY} and ${headers.authorization}` }];
    await bedrock();
    const result = JSON.stringify(await tested({ model: 'm' }));
    expect(result).toContain('canonical string');
    expect(result).not.toContain(SECRET_KEY.slice(4, 20));
  });

  const ROLE = [
    { name: 'region', value: 'eu-west-1' },
    { name: 'role_arn', value: 'arn:aws:iam::123456789012:role/bedrock-invoke' },
  ];

  test('a role that may not be assumed is told before the upstream is called', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIAAMBIENT000000001';
    process.env.AWS_SECRET_ACCESS_KEY = 'ambient-secret-key-00001';
    issue = () => [403, {}];
    await bedrock({ credentialKind: 'aws_assume_role', credentials: null, settings: ROLE });
    const result = await tested({ model: 'amazon.nova-lite-v1:0' });
    expect(result).toMatchObject({ ok: false, status: null, code: 'CREDENTIAL_REFUSED' });
    expect(result.summary).toMatch(/AWS STS.*(trust policy|check the role)/);
    expect(asked[0]?.headers.authorization).toContain('/eu-west-1/sts/aws4_request');
    expect(seen).toEqual([]);
    expect((await stored()).statusReasons).toEqual([result.summary]);
  });
});

describe('Azure OpenAI', () => {
  const entra = (input: Partial<CreateProviderInput> = {}) =>
    create({
      type: 'azure_openai',
      credentialKind: 'entra_client_secret',
      credentials: [{ slot: 'client_secret', secretId: 'ENTRA', secretValue: 'entra~secret~0001' }],
      settings: [
        { name: 'tenant_id', value: '11111111-2222-3333-4444-555555555555' },
        { name: 'client_id', value: '11111111-2222-3333-4444-555555555556' },
      ],
      ...input,
    });

  test('the client secret is exchanged, and only its token goes to the resource', async () => {
    issue = () => [200, { access_token: 'minted.token.one', expires_in: 3600, token_type: 'Bearer' }];
    answer = () => [200, { data: [{ id: 'my-gpt' }] }];
    await entra();
    expect(await tested()).toMatchObject({ ok: true, models: ['my-gpt'] });
    expect(new URLSearchParams(asked[0]?.body).get('client_secret')).toBe('entra~secret~0001');
    expect(seen[0]?.headers.authorization).toBe('Bearer minted.token.one');
    expect(JSON.stringify(seen)).not.toContain('entra~secret');
  });

  test('a client secret that expired is told in the words of Entra', async () => {
    issue = () => [401, { error: 'invalid_client', error_description: 'AADSTS7000222: the secret is expired' }];
    await entra();
    const result = await tested();
    expect(result).toMatchObject({ ok: false, code: 'CREDENTIAL_REFUSED' });
    expect(result.summary).toMatch(/AADSTS7000222.*expired/);
  });

  test('an unknown deployment is told apart from a wrong address', async () => {
    issue = () => [200, { access_token: 'minted.token.two', expires_in: 3600 }];
    answer = () => [404, { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } }];
    await entra();
    expect(await tested({ model: 'my-gpt' })).toMatchObject({
      code: 'DeploymentNotFound',
      upstreamError: 'The API deployment does not exist.',
      summary: expect.stringContaining('no deployment named my-gpt'),
    });
  });

  test('a token that the resource echoes is masked', async () => {
    issue = () => [200, { access_token: 'minted.token.three.echoed', expires_in: 3600 }];
    answer = ({ headers }) => [401, { error: { message: `bad ${headers.authorization}` } }];
    await entra();
    expect(JSON.stringify(await tested())).not.toContain('three.echoed');
  });
});

describe('Google Vertex AI', () => {
  test('a service account key is exchanged where it says, and its models are listed', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = {
      type: 'service_account',
      client_email: 'caller@p.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      token_uri: `${urlOf(issuer)}/token`,
    };
    issue = () => [200, { access_token: 'ya29.minted', expires_in: 3600 }];
    answer = () => [200, { publisherModels: [{ name: 'publishers/google/models/gemini-2.5-flash' }] }];
    await create({
      type: 'vertex',
      credentials: [{ slot: 'service_account_key', secretId: 'VERTEX', secretValue: JSON.stringify(file, null, 2) }],
      settings: [
        { name: 'project_id', value: 'my-project-123456' },
        { name: 'location', value: 'us-central1' },
      ],
    });
    expect(await tested()).toMatchObject({ ok: true, models: ['gemini-2.5-flash'] });
    expect(asked.map(({ url }) => url)).toEqual(['/token']);
    expect(seen[0]?.headers.authorization).toBe('Bearer ya29.minted');
  });
});

describe('Google AI', () => {
  test('lists models by its own shape; a wrong key, which Google answers with 400, is called one', async () => {
    answer = () => [200, { models: [{ name: 'models/gemini-2.5-flash' }] }];
    await create({ type: 'google', secretId: 'GEMINI', secretValue: 'gemini-key-0001' });
    expect(await tested()).toMatchObject({ ok: true, models: ['gemini-2.5-flash'] });
    expect(seen[0]?.headers['x-goog-api-key']).toBe('gemini-key-0001');
    answer = () => [400, { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }];
    expect(await tested()).toMatchObject({
      ok: false,
      code: 'INVALID_ARGUMENT',
      summary: expect.stringContaining('Check the value of GEMINI'),
    });
  });
});

describe('what a test finds is kept', () => {
  const ok: Answer = ({ url }) =>
    url.endsWith('/models')
      ? [200, { data: [{ id: 'gpt-a' }] }]
      : url.endsWith('/embeddings')
        ? [404, { error: { message: 'no such model', code: 'model_not_found' } }]
        : [200, { choices: [] }];
  const openai = () =>
    create({ secretId: 'KEY', secretValue: 'sk-0001-0002', models: ['gpt-a', 'gpt-b', 'text-embedding-3-small'] });

  test('endpoint by endpoint, with a call to one listed model of each kind', async () => {
    answer = ok;
    await openai();
    expect(await stored()).toMatchObject({
      status: 'UNTESTED',
      statusReasons: [expect.stringContaining('not been tested')],
    });
    const result = await tested();
    expect(result.ok).toBe(true);
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/models',
      'POST /v1/chat/completions',
      'POST /v1/embeddings',
    ]);
    const { endpoints, status, statusReasons } = await stored();
    expect(stateOf(endpoints)).toMatchObject({
      models: 'READY',
      'chat.completions': 'READY',
      embeddings: 'FAILING',
      responses: 'UNTESTED',
    });
    expect(stateOf(result.endpoints)).toEqual(stateOf(endpoints));
    expect(status).toBe('FAILING');
    expect(statusReasons).toEqual([expect.stringContaining('text-embedding-3-small')]);
    const chat = endpoints.find(({ endpoint }) => endpoint === 'chat.completions');
    expect(chat?.latencyMs).toBeGreaterThan(0);
    expect(chat?.checkedAt).toBeInstanceOf(Date);
  });

  test('a later test replaces all of it', async () => {
    answer = () => [401, { error: { message: 'no' } }];
    await openai();
    await tested();
    expect(new Set(Object.values(stateOf((await stored()).endpoints)))).toEqual(new Set(['FAILING', 'UNSUPPORTED']));
    answer = ({ url }) => (url.endsWith('/models') ? [200, { data: [] }] : [200, {}]);
    await tested();
    expect(await stored()).toMatchObject({ status: 'READY', statusReasons: [] });
  });

  test('a draft stores nothing', async () => {
    answer = ok;
    await openai();
    await tested({ draft: { type: 'openai' } });
    expect((await stored()).status).toBe('UNTESTED');
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'the address changes',
      () =>
        plane.app
          .get(ProvidersService)
          .update(viewer, { name: 'alpha', revision: 1, baseUrl: `${urlOf(upstream)}/v2` }),
    ],
    [
      'the secret is rotated',
      () => plane.app.get(SecretsService).rotate(viewer, { secretId: 'KEY', value: 'sk-0003-0004' }),
    ],
    [
      'another secret takes its place',
      () =>
        plane.app
          .get(ProvidersService)
          .update(viewer, { name: 'alpha', revision: 1, secretId: 'OTHER', secretValue: 'sk-0005-0006' }),
    ],
  ])('nothing of it is left once %s', async (_, change) => {
    answer = () => [200, { data: [] }];
    await openai();
    await tested();
    expect((await stored()).status).toBe('READY');
    await change();
    expect((await stored()).status).toBe('UNTESTED');
  });

  test('it stays when only the display changes; switching off shows over it', async () => {
    answer = () => [200, { data: [] }];
    await openai();
    await tested();
    const providers = plane.app.get(ProvidersService);
    await providers.update(viewer, { name: 'alpha', revision: 1, displayName: 'Other' });
    expect((await stored()).status).toBe('READY');
    expect(await providers.setEnabled(viewer, 'alpha', false)).toMatchObject({ status: 'DISABLED' });
    expect(await providers.setEnabled(viewer, 'alpha', true)).toMatchObject({ status: 'READY' });
  });

  test('with passthrough the address is proven, and what callers bring is not', async () => {
    answer = () => [401, { error: { message: 'no key' } }];
    await create({ passthrough: true });
    expect(await tested()).toMatchObject({ ok: true });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(await stored()).toMatchObject({
      status: 'UNTESTED',
      statusReasons: [expect.stringContaining('each app brings the credential')],
    });
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { openSecret, type SecretSlot, type SnapshotProvider, snapshot } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import type { CreateProviderInput } from '../src/providers/providers.inputs.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { SecretsService } from '../src/secrets/secrets.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let providers: ProvidersService;
let secrets: SecretsService;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), {
    WEIR_ALLOWED_HOSTS: '10.0.0.1:8000,10.0.0.2:8000,127.0.0.1:9999',
  });
  providers = plane.app.get(ProvidersService);
  secrets = plane.app.get(SecretsService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

const UPSTREAM = 'http://10.0.0.1:8000';
const ELSEWHERE = 'http://10.0.0.2:8000';

const bedrock = (input: Partial<CreateProviderInput> = {}): CreateProviderInput => ({
  ...{ name: 'rock', displayName: 'Rock', type: 'bedrock', baseUrl: UPSTREAM },
  settings: [{ name: 'region', value: 'us-east-1' }],
  ...input,
});
const KEY_ID = { slot: 'access_key_id', secretId: 'KEY_ID', secretValue: 'AKIAEXAMPLE000000001' };
const SECRET_KEY = { slot: 'secret_access_key', secretId: 'SECRET_KEY', secretValue: 'the-secret-access-key-0001' };
const KEYS = [KEY_ID, SECRET_KEY];
const byKeys = (input: Partial<CreateProviderInput> = {}) =>
  bedrock({ credentialKind: 'aws_static_keys', credentials: KEYS, ...input });

/** The provider as proxies get it. */
async function published(name: string): Promise<SnapshotProvider> {
  const { projectId } = viewer;
  const newest = await plane.prisma.publication.findFirstOrThrow({
    where: { kind: 'snapshot' },
    orderBy: { version: 'desc' },
  });
  const found = snapshot
    .parse(newest.content)
    .providers.find((provider) => provider.projectId === projectId && provider.name === name);
  if (!found) throw new Error(`${name} is not published`);
  return found;
}

/** What a proxy makes of a slot: the value, and the only origin it opens for. */
async function opened(name: string, slot: SecretSlot): Promise<{ value: string; origin: string }> {
  const provider = await published(name);
  const credential = provider.credentials[slot];
  if (!credential) throw new Error(`${name} has no ${slot}`);
  const { secretId, version, origin, sealed } = credential;
  const { id: providerId, projectId } = provider;
  const binding = { projectId, secretId, version, providerId, origin };
  return { value: openSecret(plane.config.masterKey, sealed, binding), origin };
}

const secretOf = async (secretId: string) => (await secrets.list(viewer)).find((one) => one.secretId === secretId);

describe('AWS Bedrock', () => {
  test('takes its default credential and its address from the region', async () => {
    const created = await providers.create(viewer, bedrock({ baseUrl: null }));
    expect(created).toMatchObject({
      baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com',
      credentialKind: 'aws_default_chain',
      credentials: [],
      settings: [{ name: 'region', value: 'us-east-1' }],
      status: 'UNTESTED',
    });
    expect(await published('rock')).toMatchObject({
      credentialKind: 'aws_default_chain',
      credentials: {},
      settings: { region: 'us-east-1' },
    });
  });

  test('an address that followed the region goes on following it; one of its own stays', async () => {
    await providers.create(viewer, bedrock({ baseUrl: null }));
    const settings = [{ name: 'region', value: 'eu-west-1' }];
    expect(await providers.update(viewer, { name: 'rock', revision: 1, settings })).toMatchObject({
      baseUrl: 'https://bedrock-runtime.eu-west-1.amazonaws.com',
    });
    await providers.create(viewer, bedrock({ name: 'own' }));
    expect(await providers.update(viewer, { name: 'own', revision: 1, settings })).toMatchObject({ baseUrl: UPSTREAM });
  });

  test('static keys are sealed slot by slot for the origin they sign for', async () => {
    const created = await providers.create(viewer, byKeys());
    expect(created.credentials.map(({ slot, secret }) => [slot, secret?.secretId])).toEqual([
      ['access_key_id', 'KEY_ID'],
      ['secret_access_key', 'SECRET_KEY'],
    ]);
    expect(await opened('rock', 'access_key_id')).toEqual({ value: 'AKIAEXAMPLE000000001', origin: UPSTREAM });
    expect(await opened('rock', 'secret_access_key')).toEqual({
      value: 'the-secret-access-key-0001',
      origin: UPSTREAM,
    });
    expect(await secretOf('SECRET_KEY')).toMatchObject({
      uses: [{ provider: 'rock', slot: 'secret_access_key' }],
      orphan: false,
    });
  });

  test('a role is settings alone; going over to it lets go of the keys, which are kept', async () => {
    await providers.create(viewer, byKeys());
    const role = [
      { name: 'region', value: 'us-east-1' },
      { name: 'role_arn', value: 'arn:aws:iam::123456789012:role/bedrock-invoke' },
      { name: 'external_id', value: 'weir-1' },
    ];
    const changed = await providers.update(viewer, {
      ...{ name: 'rock', revision: 1, credentialKind: 'aws_assume_role', settings: role },
    });
    expect(changed).toMatchObject({ credentialKind: 'aws_assume_role', credentials: [] });
    expect((await published('rock')).settings).toEqual({
      region: 'us-east-1',
      role_arn: 'arn:aws:iam::123456789012:role/bedrock-invoke',
      external_id: 'weir-1',
    });
    expect(await secretOf('KEY_ID')).toMatchObject({ orphan: true, uses: [] });
    const back = await providers.update(viewer, { name: 'rock', revision: 2, credentialKind: 'aws_default_chain' });
    expect(back.settings).toEqual([{ name: 'region', value: 'us-east-1' }]);
  });

  test('one slot changes, the others stay as they are', async () => {
    await providers.create(viewer, byKeys());
    const credentials = [{ slot: 'secret_access_key', secretId: 'OTHER_KEY', secretValue: 'another-secret-key-0002' }];
    await providers.update(viewer, { name: 'rock', revision: 1, credentials });
    expect((await opened('rock', 'access_key_id')).value).toBe('AKIAEXAMPLE000000001');
    expect((await opened('rock', 'secret_access_key')).value).toBe('another-secret-key-0002');
    const gone = [{ slot: 'access_key_id', secretId: null }];
    await expect(providers.update(viewer, { name: 'rock', revision: 2, credentials: gone })).rejects.toMatchObject({
      code: 'SECRET_REQUIRED',
      detail: { field: 'credentials.access_key_id' },
    });
  });

  test('keys go to another origin only when they are typed in again', async () => {
    await providers.create(viewer, byKeys());
    const move = { name: 'rock', revision: 1, baseUrl: ELSEWHERE };
    await expect(providers.update(viewer, move)).rejects.toMatchObject({
      code: 'SECRET_ORIGIN_UNBOUND',
      detail: { field: 'credentials.access_key_id' },
    });
    expect((await opened('rock', 'secret_access_key')).origin).toBe(UPSTREAM);
    await providers.update(viewer, { ...move, credentials: KEYS });
    expect((await opened('rock', 'secret_access_key')).origin).toBe(ELSEWHERE);
  });

  const region = (value: string) => [{ name: 'region', value }];
  test.each<[string, string, Partial<CreateProviderInput>]>([
    ['SETTING_REQUIRED', 'settings.region', { settings: [] }],
    ['SETTING_REQUIRED', 'settings.region', { settings: null, baseUrl: null }],
    ['SETTING_INVALID', 'settings.region', { settings: region('us-east-1.evil.example/') }],
    [
      'SETTING_UNKNOWN',
      'settings.project_id',
      { settings: [...region('us-east-1'), { name: 'project_id', value: 'x' }] },
    ],
    ['SETTING_REQUIRED', 'settings.role_arn', { credentialKind: 'aws_assume_role' }],
    [
      'SETTING_INVALID',
      'settings.role_arn',
      { credentialKind: 'aws_assume_role', settings: [...region('us-east-1'), { name: 'role_arn', value: 'role/x' }] },
    ],
    ['CREDENTIAL_KIND_UNKNOWN', 'credentialKind', { credentialKind: 'entra_client_secret' }],
    ['CREDENTIAL_KIND_UNKNOWN', 'credentialKind', { credentialKind: 'none' }],
    ['SECRET_REQUIRED', 'credentials.access_key_id', { credentialKind: 'aws_static_keys' }],
    ['SECRET_REQUIRED', 'credentials.secret_access_key', { credentialKind: 'aws_static_keys', credentials: [KEY_ID] }],
    [
      'SECRET_MISSING',
      'credentials.secret_access_key',
      {
        credentialKind: 'aws_static_keys',
        credentials: [KEY_ID, { slot: 'secret_access_key', secretId: 'NO_SUCH_KEY' }],
      },
    ],
    [
      'SECRET_EMPTY',
      'credentials.access_key_id',
      { credentialKind: 'aws_static_keys', credentials: [{ ...KEY_ID, secretValue: ' ' }, SECRET_KEY] },
    ],
    [
      'SECRET_ID_INVALID',
      'credentials.access_key_id',
      { credentialKind: 'aws_static_keys', credentials: [{ ...KEY_ID, secretId: 'key id' }, SECRET_KEY] },
    ],
    [
      'CREDENTIAL_SLOT_UNKNOWN',
      'credentials.client_secret',
      { credentialKind: 'aws_static_keys', credentials: [...KEYS, { slot: 'client_secret', secretId: 'KEY_ID' }] },
    ],
    ['PASSTHROUGH_WITH_SECRET', 'credentials.access_key_id', { passthrough: true, credentials: KEYS }],
  ])('%s on %s, and nothing is half done', async (code, field, input) => {
    const refused = providers.create(viewer, bedrock(input));
    await expect(refused).rejects.toMatchObject({ code, detail: { field }, message: expect.stringMatching(/\w \w/) });
    expect(await providers.list(viewer)).toMatchObject({ totalCount: 0 });
    expect(await secrets.list(viewer)).toEqual([]);
  });
});

describe('Azure OpenAI with Microsoft Entra ID', () => {
  const TENANT = '11111111-2222-3333-4444-555555555555';
  const azure = (input: Partial<CreateProviderInput> = {}): CreateProviderInput => ({
    ...{ name: 'azure', displayName: 'Azure', type: 'azure_openai', baseUrl: UPSTREAM },
    credentialKind: 'entra_client_secret',
    credentials: [{ slot: 'client_secret', secretId: 'ENTRA_SECRET', secretValue: 'entra~client~secret~01' }],
    settings: [
      { name: 'tenant_id', value: TENANT },
      { name: 'client_id', value: TENANT },
    ],
    ...input,
  });

  test('the client secret is sealed for the token endpoint and bound to both places it serves', async () => {
    await providers.create(viewer, azure());
    expect(await opened('azure', 'client_secret')).toEqual({
      value: 'entra~client~secret~01',
      origin: 'https://login.microsoftonline.com',
    });
    expect((await secretOf('ENTRA_SECRET'))?.boundOrigins).toEqual(['https://login.microsoftonline.com', UPSTREAM]);
  });

  test('its token goes to another upstream only when the secret is typed in again', async () => {
    await providers.create(viewer, azure());
    const move = { name: 'azure', revision: 1, baseUrl: ELSEWHERE };
    await expect(providers.update(viewer, move)).rejects.toMatchObject({
      code: 'SECRET_ORIGIN_UNBOUND',
      message: expect.stringContaining(ELSEWHERE),
    });
  });

  test('needs a base URL of its own, and says so', async () => {
    await expect(providers.create(viewer, azure({ baseUrl: null }))).rejects.toMatchObject({
      code: 'BASE_URL_REQUIRED',
      detail: { field: 'baseUrl' },
    });
  });
});

describe('Google Vertex AI', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const keyFile = (change: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify(
      {
        ...{ type: 'service_account', project_id: 'p', private_key_id: 'k1', private_key: pem },
        ...{ client_email: 'caller@p.iam.gserviceaccount.com', token_uri: 'https://oauth2.googleapis.com/token' },
        ...change,
      },
      null,
      2,
    );
  const vertex = (value: string, input: Partial<CreateProviderInput> = {}): CreateProviderInput => ({
    ...{ name: 'vertex', displayName: 'Vertex', type: 'vertex', baseUrl: null },
    credentials: [{ slot: 'service_account_key', secretId: 'VERTEX_KEY', secretValue: value }],
    settings: [
      { name: 'project_id', value: 'my-project-123456' },
      { name: 'location', value: 'us-central1' },
    ],
    ...input,
  });

  test('a key file pasted as it is goes to Google’s token endpoint and nowhere else', async () => {
    const created = await providers.create(viewer, vertex(keyFile()));
    expect(created).toMatchObject({
      credentialKind: 'google_service_account',
      baseUrl: 'https://us-central1-aiplatform.googleapis.com',
    });
    const { value, origin } = await opened('vertex', 'service_account_key');
    expect(origin).toBe('https://oauth2.googleapis.com');
    expect(JSON.parse(value)).toEqual(JSON.parse(keyFile()));
    expect(await secretOf('VERTEX_KEY')).toMatchObject({
      lastFour: '····',
      boundOrigins: ['https://oauth2.googleapis.com', 'https://us-central1-aiplatform.googleapis.com'],
    });
  });

  test.each<[string, string]>([
    ['not JSON', 'sk-not-a-key-file'],
    ['another JSON file', '{"installed":{"client_id":"x"}}'],
    ['no service account', keyFile({ type: 'authorized_user' })],
    ['without an e-mail', keyFile({ client_email: undefined })],
    ['without a key', keyFile({ private_key: undefined })],
    ['with a broken key', keyFile({ private_key: 'not a key' })],
    ['sent to another host', keyFile({ token_uri: 'https://oauth2.googleapis.com.evil.example/token' })],
    ['sent to another host of the same ending', keyFile({ token_uri: 'https://evilgoogleapis.com/token' })],
    ['sent without TLS', keyFile({ token_uri: 'http://oauth2.googleapis.com/token' })],
    ['sent to another port', keyFile({ token_uri: 'https://oauth2.googleapis.com:8443/token' })],
    ['sent with a password', keyFile({ token_uri: 'https://a:b@oauth2.googleapis.com/token' })],
    ['sent to metadata', keyFile({ token_uri: 'http://169.254.169.254/token' })],
  ])('a key %s is refused before it is kept', async (_, value) => {
    await expect(providers.create(viewer, vertex(value))).rejects.toMatchObject({
      code: 'SERVICE_ACCOUNT_INVALID',
      detail: { field: 'credentials.service_account_key' },
    });
    expect(await secrets.list(viewer)).toEqual([]);
  });

  test('an address the operator listed may stand in for Google', async () => {
    await providers.create(viewer, vertex(keyFile({ token_uri: 'http://127.0.0.1:9999/token' })));
    expect((await opened('vertex', 'service_account_key')).origin).toBe('http://127.0.0.1:9999');
  });

  test('rotation takes only another key file, and seals it for where that says', async () => {
    await providers.create(viewer, vertex(keyFile()));
    const rotate = (value: string) => secrets.rotate(viewer, { secretId: 'VERTEX_KEY', value });
    await expect(rotate('an-api-key-by-mistake')).rejects.toMatchObject({
      code: 'SERVICE_ACCOUNT_INVALID',
      detail: { field: 'value' },
    });
    expect((await opened('vertex', 'service_account_key')).origin).toBe('https://oauth2.googleapis.com');
    await rotate(keyFile({ private_key_id: 'k2', token_uri: 'https://sts.googleapis.com/v1/token' }));
    const { value, origin } = await opened('vertex', 'service_account_key');
    expect([JSON.parse(value).private_key_id, origin]).toEqual(['k2', 'https://sts.googleapis.com']);
  });

  test('what is found around the gateway goes to Google only', async () => {
    const ambient = { credentialKind: 'google_adc', credentials: null };
    await expect(
      providers.create(viewer, vertex('', { ...ambient, baseUrl: 'https://aiplatform.evil.example' })),
    ).rejects.toMatchObject({ code: 'BASE_URL_FOREIGN', detail: { field: 'baseUrl' } });
    expect(await providers.create(viewer, vertex('', ambient))).toMatchObject({ credentialKind: 'google_adc' });
    const moved = { name: 'vertex', revision: 1, baseUrl: 'https://aiplatform.evil.example' };
    await expect(providers.update(viewer, moved)).rejects.toMatchObject({ code: 'BASE_URL_FOREIGN' });
  });
});

describe('a secret in several slots', () => {
  test('is rotated for every one of them, and cannot be deleted while one is left', async () => {
    await providers.create(viewer, byKeys());
    await providers.create(viewer, byKeys({ name: 'second', displayName: 'Second' }));
    const rotated = await secrets.rotate(viewer, { secretId: 'SECRET_KEY', value: 'rotated-secret-key-0003' });
    expect(rotated).toMatchObject({
      version: 2,
      lastFour: '0003',
      usedBy: ['rock', 'second'],
      uses: [
        { provider: 'rock', slot: 'secret_access_key' },
        { provider: 'second', slot: 'secret_access_key' },
      ],
    });
    for (const name of ['rock', 'second']) {
      expect((await opened(name, 'secret_access_key')).value).toBe('rotated-secret-key-0003');
      expect((await opened(name, 'access_key_id')).value).toBe('AKIAEXAMPLE000000001');
    }
    await providers.delete(viewer, 'rock', 'rock');
    await expect(secrets.delete(viewer, 'SECRET_KEY')).rejects.toMatchObject({
      code: 'SECRET_IN_USE',
      message: expect.stringContaining('second'),
    });
    await providers.delete(viewer, 'second', 'second');
    expect(await secretOf('SECRET_KEY')).toMatchObject({ orphan: true });
    expect(await secrets.delete(viewer, 'SECRET_KEY')).toBe(true);
  });

  test('the database itself keeps a secret that is used', async () => {
    await providers.create(viewer, byKeys());
    const { projectId } = viewer;
    await expect(plane.prisma.secret.deleteMany({ where: { projectId } })).rejects.toThrow();
  });
});

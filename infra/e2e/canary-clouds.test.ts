import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CanaryScanner } from './canary-scanner.js';
import { surfacesOf } from './canary-surfaces.js';
import { type CloudEcho, startCloudEcho } from './cloud-echo.js';
import { type System, startSystem } from './system.js';

const random = () => randomBytes(24).toString('base64url');
const MARKER = `marker-${random()}`;
const TENANT = '11111111-2222-3333-4444-555555555555';
const PEM = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const STORED = {
  'AWS secret key': `aws/${random()}+${random()}`,
  'AWS session token': `session/${random()}=`,
  'Entra client secret': `entra~${random()}`,
  // The first lines of every key are alike.
  'private key': PEM.split('\n')[7] as string,
  'private key further down': PEM.split('\n')[15] as string,
};
const CHAIN_SECRET = `chain/${random()}`;
const OWN_KEY = `own-${random()}`;

interface Cloud {
  readonly name: string;
  readonly input: object;
  readonly path: (model: string) => string;
  /** What a caller brings along. */
  readonly own: Record<string, string> | undefined;
}
const setting = (name: string, value: string) => ({ name, value });
const region = setting('region', 'us-east-1');
const converse = (model: string) => `model/${model}/converse`;
const generate = (model: string) =>
  `v1/projects/project-1/locations/us-central1/publishers/google/models/${model}:generateContent`;
const deployment = (model: string) => `openai/deployments/${model}/chat/completions`;

const OWN_HEADERS: Readonly<Record<string, Record<string, string>>> = {
  'own-bedrock': { authorization: `Bearer ${OWN_KEY}` },
  'own-google': { 'x-goog-api-key': OWN_KEY },
  'own-azure': { 'api-key': OWN_KEY },
};

/** @param prefix of every provider and secret, so that nothing of another set's is at hand */
function cloudsAt(url: string, prefix: string): Cloud[] {
  const secretId = (name: string) => `${prefix.toUpperCase()}_${name}`;
  const aws = { type: 'bedrock', settings: [region] };
  const role = [setting('role_arn', 'arn:aws:iam::123456789012:role/r'), setting('external_id', 'weir-1'), region];
  const own = { credentialKind: 'none', passthrough: true };
  const account = {
    ...{ type: 'service_account', project_id: 'project-1', private_key_id: 'k', private_key: PEM },
    ...{ client_email: 'weir@project-1.iam.gserviceaccount.com', token_uri: `${url}/token` },
  };
  const vertex = {
    ...{ type: 'vertex', credentialKind: 'google_service_account' },
    settings: [setting('project_id', 'project-1'), setting('location', 'us-central1')],
    credentials: [{ slot: 'service_account_key', secretId: secretId('ACCOUNT'), secretValue: JSON.stringify(account) }],
  };
  const entra = {
    ...{ type: 'azure_openai', credentialKind: 'entra_client_secret' },
    settings: [setting('tenant_id', TENANT), setting('client_id', TENANT)],
    credentials: [{ slot: 'client_secret', secretId: secretId('ENTRA'), secretValue: STORED['Entra client secret'] }],
  };
  const keys = [
    { slot: 'access_key_id', secretId: secretId('AWS_ID'), secretValue: 'AKIASIMULATED0000001' },
    { slot: 'secret_access_key', secretId: secretId('AWS_SECRET'), secretValue: STORED['AWS secret key'] },
    { slot: 'session_token', secretId: secretId('AWS_SESSION'), secretValue: STORED['AWS session token'] },
  ];
  return [
    { name: 'keys', input: { ...aws, credentialKind: 'aws_static_keys', credentials: keys }, path: converse },
    { name: 'chain', input: { ...aws, credentialKind: 'aws_default_chain' }, path: converse },
    { name: 'role', input: { type: 'bedrock', credentialKind: 'aws_assume_role', settings: role }, path: converse },
    { name: 'vertex', input: vertex, path: generate },
    { name: 'entra', input: entra, path: deployment },
    { name: 'own-bedrock', input: { ...aws, ...own }, path: converse },
    {
      name: 'own-google',
      input: { type: 'google', ...own },
      path: (model: string) => `v1beta/models/${model}:generateContent`,
    },
    { name: 'own-azure', input: { type: 'azure_openai', ...own }, path: deployment },
  ].map(({ name: cloud, input, path }) => {
    const name = `${prefix}-${cloud}`;
    return { name, path, own: OWN_HEADERS[cloud], input: { ...input, name, displayName: name, baseUrl: url } };
  });
}

let system: System;
let cloud: CloudEcho;
let heardBack = '';
let places: Map<string, Buffer>;
const answers: string[] = [];

beforeAll(async () => {
  cloud = await startCloudEcho();
  system = await startSystem({
    queue: 'redis',
    allowedHosts: [`127.0.0.1:${cloud.port}`],
    env: {
      ...{ WEIR_AWS_STS_URL: cloud.url, WEIR_ENTRA_AUTHORITY: cloud.url, AWS_EC2_METADATA_DISABLED: 'true' },
      ...{ AWS_ACCESS_KEY_ID: 'AKIASIMULATED0000002', AWS_SECRET_ACCESS_KEY: CHAIN_SECRET },
    },
  });
  await system.console.setUp(system.setupLink);
  const token = await system.console.createToken(await system.console.createApp(MARKER));
  system.console.onAnswer = (text) => answers.push(text);
  await callAll(cloudsAt(cloud.url, 'minted'), token);
  cloud.refuse();
  await callAll(cloudsAt(cloud.url, 'refused'), token);
  await system.settled();
  await system.console.ask('{ auditEntries(first: 200) { nodes { actor action subject } } }');
  await system.console.ask(`{ calls(first: 100) { nodes { eventId requestedModel servedModel outcome errorCode
    upstreamRequestId rawUsage } } }`);
  places = await surfacesOf(system, answers);
});

afterAll(async () => {
  await system?.end();
  await cloud?.close();
});

async function callAll(clouds: readonly Cloud[], token: string): Promise<void> {
  const urls = new Map<Cloud, string>();
  for (const each of clouds) urls.set(each, await system.console.createProvider({ ...each.input }));
  await system.configured();
  for (const each of clouds) {
    await tested(each.name, null);
    for (const model of ['plain', 'fail']) {
      await tested(each.name, model);
      const answer = await request(`${urls.get(each)}/${each.path(model)}`, {
        method: 'POST',
        headers: {
          ...{ 'x-weir-authorization': `Bearer ${token}`, 'content-type': 'application/json' },
          ...{ 'x-weir-conversation': MARKER, ...each.own },
        },
        body: '{"messages":[]}',
      });
      heardBack += `${JSON.stringify(answer.headers)}\n${await answer.body.text()}\n`;
    }
  }
}

async function tested(provider: string, model: string | null): Promise<void> {
  const TEST = `mutation($input: TestConnectionInput!) {
    testConnection(input: $input) { ok summary status model upstreamError code models curl } }`;
  await system.console.ask(TEST, { input: { provider, model } }).catch((error: Error) => answers.push(error.message));
}

const secrets = () => ({ ...STORED, ...cloud.minted, 'secret of the chain': CHAIN_SECRET, 'caller’s key': OWN_KEY });

it('the cloud had every token, and repeated it to the client; its issuers were asked in vain as well', () => {
  const { 'role secret': _neverSent, ...sent } = cloud.minted;
  const expected = { ...sent, session: STORED['AWS session token'], own: OWN_KEY };
  for (const [name, value] of Object.entries(expected)) {
    expect([name, cloud.presented.includes(value), heardBack.includes(value)]).toEqual([name, true, true]);
  }
  for (const name of ['role', 'vertex', 'entra']) {
    expect(heardBack).toContain(`Provider “refused-${name}” has no usable credential`);
  }
});

it('the places that are searched hold what these calls left there', () => {
  const scanner = new CanaryScanner({ marker: MARKER });
  const holding = [...places].filter(([, bytes]) => scanner.scan(bytes).length > 0).map(([name]) => name);
  expect(holding).toEqual(expect.arrayContaining(['ClickHouse weir.usage_events_v1', 'Redis']));
  expect(holding.some((name) => /^file .*\.segment$/.test(name))).toBe(true);
  expect([...places.keys()].filter((name) => name.startsWith('file logs/')).length).toBeGreaterThan(4);
});

it('no secret of a cloud, stored, minted or brought along, is found anywhere', () => {
  const scanner = new CanaryScanner(secrets());
  const found = [...places].flatMap(([name, bytes]) => scanner.scan(bytes).map((finding) => `${name}: ${finding}`));
  expect(found).toEqual([]);
});

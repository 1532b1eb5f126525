import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DOOR, deriveMasterKey } from '@weir/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Caller } from './caller.js';
import { type System, startSystem } from './system.js';

const KEY = 'sk-canary/q7Zr+2Wm9Xb4Nc8Vd1Lf';
const NEXT_KEY = 'sk-canary/t5Yu+3Ik6Oj0Ph9Gf2Ds';
let system: System;
let upstream: Server;
let admin: Caller;
const surfaces = new Map<string, string>();
const written: string[] = [];
const add = (name: string, text: string) => surfaces.set(name, `${surfaces.get(name) ?? ''}\n${text}`);

/** As somebody who finds the text could read the value out of it. */
function traces(value: string): string[] {
  const bytes = Buffer.from(value);
  const windows = Array.from({ length: value.length - 11 }, (_, at) => value.slice(at, at + 12));
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const url = encodeURIComponent(value);
  return [
    ...windows,
    ...base64,
    bytes.toString('base64url').slice(0, -2),
    bytes.toString('hex'),
    url,
    [...value].reverse().join(''),
  ];
}

beforeAll(async () => {
  upstream = createServer((request, response) => {
    const echo = JSON.stringify({
      error: { message: `you sent ${request.headers.authorization}`, code: request.headers.authorization },
      h: request.rawHeaders,
    });
    response
      .writeHead(401, { 'content-type': 'application/json', 'x-echo': String(request.headers.authorization) })
      .end(echo);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
  const { port } = upstream.address() as AddressInfo;
  system = await startSystem({ WEIR_ALLOWED_HOSTS: `127.0.0.1:${port}` });
  admin = await system.signedIn(await system.makeProject(), 'admin');
});

afterAll(async () => {
  vi.restoreAllMocks();
  await system?.stop();
  upstream?.close();
});

const PROVIDER = 'id name baseUrl revision proxyUrl secret { secretId lastFour version boundOrigins usedBy }';
const MUTATIONS: Readonly<Record<string, string>> = {
  createSecret: 'mutation ($input: CreateSecretInput!) { createSecret(input: $input) { secretId lastFour usedBy } }',
  rotateSecret: 'mutation ($input: RotateSecretInput!) { rotateSecret(input: $input) { secretId lastFour version } }',
  createProvider: `mutation ($input: CreateProviderInput!) { createProvider(input: $input) { ${PROVIDER} } }`,
  updateProvider: `mutation ($input: UpdateProviderInput!) { updateProvider(input: $input) { ${PROVIDER} } }`,
  testConnection:
    'mutation ($input: TestConnectionInput!) { testConnection(input: $input) { ok summary upstreamError code models curl } }',
};

async function mutate(name: string, input: object): Promise<readonly string[]> {
  const answer = await admin.ask(MUTATIONS[name] ?? '', { input });
  add('GraphQL answers', `${answer.text}\n${JSON.stringify(answer.headers)}`);
  return answer.codes;
}

test('a provider key leaves the control plane towards its upstream only', async () => {
  const { port } = upstream.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const alpha = { name: 'alpha', displayName: 'Alpha', type: 'openai', baseUrl };

  // What works.
  expect(await mutate('createSecret', { secretId: 'SPARE_KEY', value: KEY })).toEqual([]);
  expect(await mutate('createProvider', { ...alpha, secretId: 'KEY', secretValue: KEY })).toEqual([]);
  expect(await mutate('testConnection', { provider: 'alpha' })).toEqual([]);
  expect(
    await mutate('testConnection', { draft: { type: 'openai', baseUrl, secretId: 'KEY', secretValue: KEY } }),
  ).toEqual([]);
  expect(await mutate('rotateSecret', { secretId: 'KEY', value: NEXT_KEY })).toEqual([]);
  expect(await mutate('testConnection', { provider: 'alpha', model: 'gpt-x' })).toEqual([]);

  // What is refused, with the value in every place where one could be repeated.
  const wrong: [string, object][] = [
    ['createSecret', { secretId: 'KEY', value: KEY }],
    ['createSecret', { secretId: KEY, value: KEY }],
    ['createSecret', { secretId: 'OTHER', value: `Bearer ${KEY}` }],
    ['createSecret', { secretId: 'OTHER', value: `${KEY}\n${KEY}` }],
    ['createSecret', { secretId: 'OTHER', value: [KEY, KEY] }],
    ['createSecret', { secretId: 'OTHER', value: { key: KEY } }],
    ['createSecret', { secretId: 'OTHER', secret: KEY }],
    ['rotateSecret', { secretId: 'NONE', value: KEY }],
    ['createProvider', { ...alpha, secretId: 'KEY', secretValue: NEXT_KEY }],
    ['createProvider', { ...alpha, name: 'beta', type: KEY, secretId: 'KEY', secretValue: KEY }],
    [
      'createProvider',
      {
        ...alpha,
        name: 'beta',
        baseUrl: `https://user:${KEY}@api.example.com`,
        secretId: 'KEY',
        secretValue: NEXT_KEY,
      },
    ],
    [
      'createProvider',
      { ...alpha, name: 'beta', baseUrl: `https://api.example.com?key=${KEY}`, secretId: 'KEY', secretValue: NEXT_KEY },
    ],
    ['createProvider', { ...alpha, name: 'beta', secretId: 'KEY', secretValue: KEY }],
    ['updateProvider', { name: 'alpha', revision: 99, secretValue: KEY }],
    ['testConnection', { draft: { type: KEY, baseUrl, secretValue: KEY } }],
  ];
  for (const [name, input] of wrong) expect(await mutate(name, input), JSON.stringify(input)).not.toEqual([]);
  const literal = await admin.ask(`mutation { createSecret(input: { secretId: "X", value: ${KEY} }) { secretId } }`);
  expect(literal.codes).not.toEqual([]);
  add('GraphQL answers', literal.text);
  const queries = `{ secrets { secretId lastFour version boundOrigins usedBy } auditEntries { nodes { actor action subject } }
    providers(filter: { includeDeleted: true }) { nodes { ${PROVIDER} } } }`;
  const listed = await admin.ask(queries);
  expect(listed.codes).toEqual([]);
  add('GraphQL answers', listed.text);

  // An operator's view: what is stored, published and logged.
  const tables = await system.prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Secret', 'Provider', 'Publication', 'AuditEntry']),
  );
  for (const { name } of tables) {
    const rows = await system.prisma.$queryRawUnsafe<{ text: string }[]>(
      `SELECT to_jsonb(t)::text AS text FROM "${name}" t`,
    );
    add(`table ${name}`, rows.map(({ text }) => text).join('\n'));
  }
  const authorization = `Bearer ${deriveMasterKey(system.env.WEIR_MASTER_KEY ?? '').doorToken}`;
  for (const path of [DOOR.snapshot, DOOR.priceBook]) {
    const answer = await fetch(system.control.internalUrl + path, { headers: { authorization } });
    expect(answer.status).toBe(200);
    add(path, await answer.text());
  }
  add('metrics', await (await fetch(`${system.control.internalUrl}/metrics`)).text());
  add('log', written.join(''));

  expect(surfaces.get('GraphQL answers')).toContain('[credential]');
  expect(surfaces.get('table Publication')).toContain('wrappedKey');
  expect(surfaces.get('table AuditEntry')).toContain('secret.rotate');
  const found: string[] = [];
  for (const [name, text] of surfaces) {
    for (const value of [KEY, NEXT_KEY]) {
      for (const trace of traces(value)) if (text.includes(trace)) found.push(`${name}: ${trace}`);
    }
  }
  expect(found).toEqual([]);
});

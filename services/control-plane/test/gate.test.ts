import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller, RawRequest } from './caller.js';
import { PASSWORD, type System, startSystem } from './system.js';

let system: System;
let admin: Caller;
let projectId: string;
beforeAll(async () => {
  system = await startSystem({ WEIR_PUBLIC_CONSOLE_URL: 'https://console.example.test' });
  projectId = await system.makeProject();
  admin = await system.signedIn(projectId, 'admin');
});
afterAll(() => system?.stop());

const INVITE = 'mutation { inviteMember(input: {email: "x@y", displayName: "x", role: viewer}) { email } }';
const body = JSON.stringify({ query: INVITE });
const NO_HEADER = { 'x-requested-by': '' };

describe('a page of another site', () => {
  const foreign: [string, RawRequest][] = [
    ['by its origin', { headers: { origin: 'https://evil.example' }, body }],
    ['by the null origin', { headers: { origin: 'null' }, body }],
    ['by an origin that only begins alike', { headers: { origin: 'https://console.example.test.evil.example' }, body }],
    ['by another port', { headers: { origin: 'https://console.example.test:8443' }, body }],
    ['by plain http', { headers: { origin: 'http://console.example.test' }, body }],
    ['by what the browser says', { headers: { 'sec-fetch-site': 'cross-site' }, body }],
    ['without origin and without our header', { headers: NO_HEADER, body }],
    ['as text/plain', { headers: { 'content-type': 'text/plain' }, body }],
    ['as a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${INVITE}` }],
    ['as multipart', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: `--x\r\n${body}` }],
    ['without a type', { headers: { 'content-type': '' }, body }],
    ['in an exotic charset', { headers: { 'content-type': 'application/json; charset=utf-7' }, body }],
    ['by GET', { method: 'GET', path: `/graphql?query=${encodeURIComponent(INVITE)}` }],
    ['by a GET that asks', { method: 'GET', path: '/graphql?query=%7Bviewer%7Bid%7D%7D' }],
    ['by PUT', { method: 'PUT', body }],
    ['by OPTIONS', { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }],
  ];

  it.each(foreign)('changes nothing and reads nothing %s', async (_, request) => {
    const before = await system.prisma.member.count();
    const answer = await admin.copy().send(request);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.data).toBeUndefined();
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    expect(await system.prisma.member.count()).toBe(before);
  });

  it('is told apart from the console and from programs', async () => {
    const query = JSON.stringify({ query: '{ viewer { role } }' });
    const fromConsole = { origin: 'https://console.example.test', ...NO_HEADER };
    const charset = { 'content-type': 'application/json; charset=UTF-8' };
    for (const headers of [fromConsole, {}, charset]) {
      expect((await admin.copy().send({ headers, body: query })).data).toEqual({ viewer: { role: 'admin' } });
    }
  });
});

describe('before a body is read', () => {
  it.each(['gzip', 'br', 'deflate', 'zstd', 'identity', 'gzip, br', 'x'])(
    'the encoding %s is refused',
    async (name) => {
      const headers = { 'content-encoding': name };
      const answer = await admin.send({ headers, body: gzipSync(JSON.stringify({ query: '{ viewer { id } }' })) });
      expect([answer.status, ...answer.codes]).toEqual([415, 'ENCODING_NOT_SUPPORTED']);
    },
  );

  it('every other path is nothing', async () => {
    for (const path of ['/', '/graphql/', '/graphql/stream', '/healthz', '/metrics', '/door/v1/snapshot']) {
      expect((await admin.send({ path, body })).status).toBe(404);
    }
  });

  it('answers carry headers that keep them out of frames, caches and sniffers', async () => {
    for (const answer of [await admin.ask('{ viewer { id } }'), await admin.send({ path: '/nothing' })]) {
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    }
  });
});

const repeat = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, i) => text(i));
const nested = (levels: number) => `{ ${'a { '.repeat(levels)} id ${'} '.repeat(levels)} }`;

describe('hostile documents', () => {
  const documents: [string, string][] = [
    ['nesting', nested(400)],
    ['a circle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    [
      'a fragment called __schema',
      `{ ...__schema } fragment __schema on Query { ${repeat(11, (i) => `a${i}: viewer { id }`).join(' ')} }`,
    ],
    ['sixteen aliases', `{ viewer { ${repeat(16, (i) => `a${i}: id`).join(' ')} } }`],
    ['a thousand aliases', `{ ${repeat(1000, (i) => `a${i}: viewer { id }`).join(' ')} }`],
    [
      'aliases spread by fragments',
      `{ viewer { ...A ...B } } fragment A on Viewer { ${repeat(8, (i) => `a${i}: id`).join(' ')} } fragment B on Viewer { ${repeat(8, (i) => `b${i}: id`).join(' ')} }`,
    ],
    ['eleven fields in the root', `{ ${repeat(11, (i) => `a${i}: viewer { id }`).join(' ')} }`],
    [
      'directives',
      `{ viewer { id ${'@skip(if: false) '.repeat(1)} ${repeat(11, () => 'email @include(if: true)').join(' ')} } }`,
    ],
    ['ten thousand directives', `{ viewer { id ${'@include(if: true) '.repeat(10_000)} } }`],
    ['an unknown directive', '{ viewer { ... @defer { id } } }'],
    ['fragments that double at every step', doubling(40)],
    ['a page that is too large', '{ providers(first: 100000) { nodes { secret { secretId } } } }'],
    ['introspection', '{ __schema { types { name } } }'],
    ['introspection of one type', '{ __type(name: "Secret") { fields { name } } }'],
    ['introspection in a fragment', '{ ...F } fragment F on Query { __schema { types { name } } }'],
    ['two operations and no choice', 'query A { viewer { id } } query B { viewer { id } }'],
    ['a subscription', 'subscription { viewer { id } }'],
    ['nothing', ''],
  ];
  function doubling(steps: number): string {
    const fragments = repeat(steps, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`);
    return `{ ...F0 } ${fragments.join(' ')} fragment F${steps} on Query { providers { nodes { id } } apps { id } }`;
  }

  it.each(documents)('are refused: %s', async (_, document) => {
    const answer = await admin.ask(document);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.codes.every((code) => /^(GRAPHQL_|DOCUMENT_|BAD_|OPERATION_)/.test(code))).toBe(true);
    expect(answer.text.length).toBeLessThan(20_000);
  });

  it('names the limit, and lets pass what stays within all of them', async () => {
    const [fault] = (await admin.ask(`{ ${repeat(11, (i) => `a${i}: viewer { id }`).join(' ')} }`)).errors;
    expect(fault?.message).toBe('The document has too many fields in its root: 11, and 10 are allowed.');
    const fine = await admin.ask(`{ ${repeat(10, (i) => `a${i}: viewer { id project { name } }`).join(' ')} }`);
    expect(fine.codes).toEqual([]);
  });

  it('introspect only where the operator switched it on, and are limited even there', async () => {
    const open = await startSystem({ WEIR_GRAPHQL_INTROSPECTION: 'on' });
    try {
      const answer = await open.caller().ask('{ __schema { queryType { name } } }');
      expect(answer.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
      const bypass = `{ ...__schema } fragment __schema on Query { ${repeat(11, (i) => `a${i}: viewer { id }`).join(' ')} }`;
      expect((await open.caller().ask(bypass)).codes).toEqual(['DOCUMENT_TOO_COMPLEX']);
    } finally {
      await open.stop();
    }
  });
});

describe('hostile bodies', () => {
  const bodies: [string, string, number, string][] = [
    ['that are too large', JSON.stringify({ query: 'x'.repeat(256 * 1024) }), 413, 'BODY_TOO_LARGE'],
    ['that are broken', '{"query":', 400, 'BODY_INVALID'],
    ['that are empty', '', 400, 'BODY_INVALID'],
    ['that reach for prototypes', '{"query":"{viewer{id}}","__proto__":{"isAdmin":true}}', 400, 'BODY_INVALID'],
    [
      'that reach for constructors',
      '{"query":"{viewer{id}}","constructor":{"prototype":{"x":1}}}',
      400,
      'BODY_INVALID',
    ],
    ['that batch', '[{"query":"{viewer{id}}"},{"query":"{viewer{id}}"}]', 400, 'BAD_REQUEST'],
    ['that are no object', '"{viewer{id}}"', 400, 'BAD_REQUEST'],
    ['without a document', '{}', 400, 'BAD_REQUEST'],
  ];
  it.each(bodies)('%s are refused', async (_, given, status, code) => {
    const answer = await admin.send({ body: given });
    expect([answer.status, ...answer.codes]).toEqual([status, code]);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });

  it('nested deeper than the stack do no harm', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const answer = await admin.send({ body: `{"query":"{ viewer { role } }","variables":{"x":${deep}}}` });
    expect(answer.data).toEqual({ viewer: { role: 'admin' } });
    const used = await admin.send({
      body: `{"query":"query ($x: [String!]) { providers(filter: {types: $x}) { totalCount } }","variables":{"x":${deep}}}`,
    });
    expect(used.codes).toEqual(['BAD_USER_INPUT']);
  });

  it('with a NUL in any text are refused before they reach the database', async () => {
    const variables = { input: { email: 'a\u0000@b', displayName: 'x', role: 'viewer' } };
    const byVariable = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { email } }';
    expect((await admin.ask(byVariable, variables)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await admin.ask('{ provider(name: "a\\u0000") { id } }')).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('errors', () => {
  const CANARY = 'canary-7f3a-secret-value';

  it('never repeat a value that was sent', async () => {
    const answers = await Promise.all([
      admin.ask(`mutation { signIn(input: {email: 5, password: "${CANARY}"}) { id } }`),
      admin.ask('mutation ($i: SignInInput!) { signIn(input: $i) { id } }', { i: { email: 'a', password: [CANARY] } }),
      admin.ask('mutation ($i: SignInInput!) { signIn(input: $i) { id } }', { i: { [CANARY]: 1 } }),
      admin.ask(`{ viewer { id } "${CANARY}" }`),
      admin.ask(`{ auditEntries(first: "${CANARY}") { endCursor } }`),
      admin.ask('mutation ($i: CreateSecretInput!) { createSecret(input: $i) { version } }', {
        i: { secretId: 'not upper', value: CANARY },
      }),
    ]);
    for (const answer of answers) {
      expect(answer.errors.length).toBeGreaterThan(0);
      expect(answer.text).not.toContain(CANARY);
    }
  });

  it('of our own leave as one text with a request id, and are in the log under that id without the driver’s words', async () => {
    const lines: string[] = [];
    const writes = vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
    const broken = await startSystem();
    try {
      const caller = await broken.signedIn(await broken.makeProject(), 'admin');
      await broken.prisma.$executeRawUnsafe(`ALTER TABLE "AuditEntry" RENAME COLUMN "actor" TO "${CANARY}"`);
      const answer = await caller.ask('{ auditEntries { nodes { id } } }');
      const [fault] = answer.errors;
      expect(fault).toEqual({
        message: 'Something went wrong on our side. Quote the request id when you ask for help.',
        path: ['auditEntries'],
        extensions: { code: 'INTERNAL', requestId: answer.headers['x-weir-request-id'] },
      });
      for (const leak of ['prisma', 'Prisma', 'SELECT', 'column', 'node_modules', '.ts', '.js', 'at ']) {
        expect(answer.text).not.toContain(leak);
      }
      const logged = lines.filter((line) => line.includes(String(fault?.extensions.requestId)));
      expect(logged).toHaveLength(1);
      expect(() => JSON.parse(logged[0] ?? '')).not.toThrow();
      expect(lines.join('')).not.toContain(CANARY);
    } finally {
      writes.mockRestore();
      await broken.stop();
    }
  });

  it('that are refusals are not in the log', async () => {
    const lines: string[] = [];
    const writes = vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
    try {
      await system.caller().ask('{ members { id } }');
      await system.caller().ask('mutation { signIn(input: {email: "a", password: "b"}) { id } }');
      expect(lines).toEqual([]);
    } finally {
      writes.mockRestore();
    }
  });

  it('name a misspelt field without suggesting others', async () => {
    const [fault] = (await admin.ask('{ viewr { id } }')).errors;
    expect(fault?.message).toBe('Cannot query field "viewr" on type "Query".');
  });
});

describe('the internal port', () => {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(new URL(path, system.control.internalUrl), { headers });

  it('says that it is alive and ready', async () => {
    expect((await ask('/healthz')).status).toBe(200);
    expect(await (await ask('/readyz')).json()).toEqual({ status: 'ready', failing: [] });
    expect((await ask('/metrics')).status).toBe(200);
    expect((await ask('/graphql')).status).toBe(404);
  });

  it('opens the door to the door token only', async () => {
    const { doorToken } = (await import('../src/platform/config.js')).loadConfig(system.env).masterKey;
    for (const authorization of ['', doorToken, 'Bearer ', `Bearer ${doorToken}x`, `bearer ${doorToken}`, 'Bearer é']) {
      const answer = await ask('/door/v1/snapshot', authorization ? { authorization: encodeURI(authorization) } : {});
      expect(answer.status).toBe(401);
    }
    expect((await ask('/door/v1/snapshot', { authorization: `Bearer ${doorToken}` })).status).not.toBe(401);
  });
});

describe('stopping', () => {
  it('lets a call that is under way end, and leaves both ports free', async () => {
    const own = await startSystem();
    const { email } = await own.makeAccount(await own.makeProject(), 'viewer');
    const underWay = own.caller().ask('mutation ($input: SignInInput!) { signIn(input: $input) { email } }', {
      input: { email, password: PASSWORD },
    });
    // The row appears when the call has arrived and before it answers.
    await vi.waitUntil(async () => (await own.prisma.signInThrottle.count()) > 0);
    await own.control.stop();
    expect((await underWay).data).toEqual({ signIn: { email } });
    await expect(own.caller().ask('{ viewer { id } }')).rejects.toThrow('ECONNREFUSED');
    await expect(fetch(own.control.internalUrl)).rejects.toThrow();
    await own.stop();
  });
});

import 'reflect-metadata';
import type { Role } from '@weir/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { PASSWORD, type System, startSystem } from './system.js';

let system: System;
let projectId: string;
let admin: Caller;

beforeAll(async () => {
  system = await startSystem({ WEIR_PUBLIC_CONSOLE_URL: 'https://console.example.test' });
  projectId = await system.makeProject();
  admin = await system.signedIn(projectId, 'admin');
}, 60_000);
afterAll(() => system?.stop());

const CREATE = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { secret token { id name lastFour createdBy createdAt expiresAt lastUsedAt revokedAt } }
}`;
const LIST = '{ apiTokens { id name lastFour createdBy lastUsedAt revokedAt } }';
const REVOKE = 'mutation ($id: ID!) { revokeApiToken(id: $id) { id revokedAt } }';
const READ = '{ providers { totalCount } }';

interface Made {
  readonly secret: string;
  readonly token: { readonly id: string; readonly expiresAt: string; readonly createdAt: string };
}

async function make(caller: Caller, name = 'monthly figures', expiresInDays = 30): Promise<Made> {
  const answer = await caller.ask(CREATE, { input: { name, expiresInDays } });
  expect(answer.codes, answer.text).toEqual([]);
  return answer.data?.createApiToken as Made;
}

/** As curl would ask: no cookie, no header of ours. */
const script = (secret: string, headers: Record<string, string> = {}) =>
  system.caller({ 'x-requested-by': '', authorization: `Bearer ${secret}`, ...headers });

async function answersTo(secret: string): Promise<string> {
  const answer = await script(secret).ask(READ);
  return answer.codes[0] ?? 'read';
}

describe('an API token', () => {
  it('is shown once, and only its digest and last four characters are kept', async () => {
    const { secret, token } = await make(admin);
    expect(secret).toMatch(/^weirread_[\w-]{43}$/);
    expect(Date.parse(token.expiresAt) - Date.parse(token.createdAt)).toBeGreaterThan(29.9 * 86_400_000);
    const list = await admin.ask(LIST);
    expect(list.data?.apiTokens).toContainEqual(
      expect.objectContaining({ id: token.id, name: 'monthly figures', lastFour: secret.slice(-4), revokedAt: null }),
    );
    expect(list.text).not.toContain(secret);
    const row = await system.prisma.apiToken.findUniqueOrThrow({ where: { id: token.id } });
    expect(JSON.stringify(row)).not.toContain(secret.slice(10, -4));
    const entries = await system.prisma.auditEntry.findMany({ where: { projectId, action: 'api_token.create' } });
    expect(JSON.stringify(entries)).toContain('monthly figures');
    expect(JSON.stringify(entries)).not.toContain(secret.slice(10, -4));
  });

  it('reads without a cookie and without any header of ours, and says when it was last used', async () => {
    const { secret, token } = await make(admin);
    expect(await answersTo(secret)).toBe('read');
    const row = await system.prisma.apiToken.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.lastUsedAt).not.toBeNull();
  });

  it('is worth nothing when revoked, expired or made up, and the answer says which', async () => {
    const revoked = await make(admin);
    expect((await admin.ask(REVOKE, { id: revoked.token.id })).codes).toEqual([]);
    const again = await admin.ask(REVOKE, { id: revoked.token.id });
    expect(again.codes).toEqual([]);
    const expired = await make(admin);
    await system.prisma.apiToken.update({
      where: { id: expired.token.id },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const saying = async (secret: string) => (await script(secret).ask(READ)).errors[0];
    expect(await saying(revoked.secret)).toMatchObject({
      message: expect.stringContaining('was revoked'),
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect((await saying(expired.secret))?.message).toContain('expired at');
    expect((await saying(`weirread_${'x'.repeat(43)}`))?.message).toContain('not known');
    const entries = await system.prisma.auditEntry.findMany({ where: { projectId, action: 'api_token.revoke' } });
    expect(entries).toHaveLength(1);
  });

  it('ends with the membership of who made it, and follows their role', async () => {
    const { email, memberId } = await system.makeAccount(projectId, 'finance');
    const finance = system.caller();
    await finance.signIn(email, PASSWORD);
    const { secret } = await make(finance);
    expect(await answersTo(secret)).toBe('read');
    await system.prisma.member.delete({ where: { id: memberId } });
    expect(await answersTo(secret)).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['createSavedView(input: {name: "x", query: "", shared: false}) { id }'],
    ['createApiToken(input: {name: "x"}) { secret }'],
    ['signOut'],
    ['signIn(input: {email: "a@b", password: "c"}) { id }'],
  ])('changes nothing: %s', async (mutation) => {
    const { secret } = await make(admin);
    const answer = await script(secret).ask(`mutation { ${mutation} }`);
    expect(answer.codes).toEqual(['FORBIDDEN']);
  });

  it('outweighs a cookie that comes with it, so that nobody borrows more than it may', async () => {
    const { secret } = await make(admin);
    const both = admin.copy();
    const headers = { authorization: `Bearer ${secret}` };
    const refused = await both.send({ headers, body: JSON.stringify({ query: 'mutation { signOut }' }) });
    expect(refused.codes).toEqual(['FORBIDDEN']);
    const invalid = { authorization: `Bearer weirread_${'x'.repeat(43)}` };
    expect((await both.send({ headers: invalid, body: JSON.stringify({ query: READ }) })).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
    expect((await admin.ask(READ)).codes).toEqual([]);
  });

  it('does not let a page of another site in', async () => {
    const { secret } = await make(admin);
    const body = JSON.stringify({ query: READ });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign) {
      const answer = await script(secret).send({ headers, body });
      expect(answer.status).toBe(403);
    }
    const stranger = await admin
      .copy()
      .send({ headers: { 'x-requested-by': '', authorization: 'Bearer other' }, body });
    expect(stranger.status).toBe(403);
  });

  it('is bound by the same limits of documents as people', async () => {
    const { secret } = await make(admin);
    const many = Array.from({ length: 16 }, (_, index) => `p${index}: providers { totalCount }`).join(' ');
    expect((await script(secret).ask(`{ ${many} }`)).codes).toEqual(['DOCUMENT_TOO_COMPLEX']);
  });

  it('says what it may: no permission to write, none to see members, secrets or apps', async () => {
    const { secret } = await make(admin);
    const answer = await script(secret).ask('{ viewer { permissions } }');
    expect(answer.data).toEqual({ viewer: { permissions: expect.any(Array) } });
    const { permissions } = (answer.data as { viewer: { permissions: string[] } }).viewer;
    expect(permissions.toSorted()).toEqual(['call.read', 'ledger.read', 'provider.read', 'usage.read']);
  });
});

describe('who makes and revokes them', () => {
  it.each([
    ['admin', []],
    ['engineer', []],
    ['finance', []],
    ['viewer', ['FORBIDDEN']],
  ] as [Role, string[]][])('%s', async (role, codes) => {
    const caller = await system.signedIn(projectId, role);
    expect((await caller.ask(CREATE, { input: { name: 'mine', expiresInDays: 1 } })).codes).toEqual(codes);
    expect((await caller.ask(LIST)).codes).toEqual(codes);
  });

  it('an engineer revokes their own, an admin everybody’s, another project nobody’s', async () => {
    const [engineer, finance] = await Promise.all([
      system.signedIn(projectId, 'engineer'),
      system.signedIn(projectId, 'finance'),
    ]);
    const { token, secret } = await make(engineer);
    expect((await finance.ask(REVOKE, { id: token.id })).codes).toEqual(['FORBIDDEN']);
    const stranger = await system.signedIn(await system.makeProject(), 'admin');
    expect((await stranger.ask(REVOKE, { id: token.id })).codes).toEqual(['NOT_FOUND']);
    expect((await stranger.ask(LIST)).data?.apiTokens).toEqual([]);
    expect(await answersTo(secret)).toBe('read');
    expect((await admin.ask(REVOKE, { id: token.id })).codes).toEqual([]);
    expect(await answersTo(secret)).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['input.name', { name: ' ', expiresInDays: 1 }],
    ['input.name', { name: 'x'.repeat(101), expiresInDays: 1 }],
    ['input.name', { name: 'two\nlines', expiresInDays: 1 }],
    ['input.expiresInDays', { name: 'x', expiresInDays: 0 }],
    ['input.expiresInDays', { name: 'x', expiresInDays: 367 }],
  ])('names %s where it is wrong', async (field, input) => {
    const answer = await admin.ask(CREATE, { input });
    expect(answer.errors[0]?.extensions.field).toBe(field);
  });

  it('nobody has more than fifty at once', async () => {
    const caller = await system.signedIn(projectId, 'admin');
    const answers = await Promise.all(
      Array.from({ length: 55 }, (_, index) => caller.ask(CREATE, { input: { name: `t${index}`, expiresInDays: 1 } })),
    );
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(50);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(Array(5).fill('TOKENS_FULL'));
  });
});

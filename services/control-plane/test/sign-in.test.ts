import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Housekeeping } from '../src/platform/housekeeping.js';
import { type Answer, SIGN_IN } from './caller.js';
import { PASSWORD, type System, startSystem } from './system.js';

const WRONG = 'not the right password';

let system: System;
let projectId: string;
beforeAll(async () => {
  system = await startSystem();
  projectId = await system.makeProject();
});
afterAll(() => system?.stop());

/** A caller at an address of its own, as a trusted reverse proxy reports it. */
let addresses = 0;
const elsewhere = () => system.caller({ 'x-forwarded-for': `198.51.100.${++addresses}` });
const signIn = (caller: ReturnType<typeof elsewhere>, email: string, password: string): Promise<Answer> =>
  caller.ask(SIGN_IN, { input: { email, password } });

describe('signing in', () => {
  it('answers an unknown e-mail, a wrong password, an invited and a removed person alike', async () => {
    const known = await system.makeAccount(projectId, 'viewer');
    const invited = await system.makeAccount(projectId, 'viewer');
    await system.prisma.account.update({ where: { id: invited.accountId }, data: { passwordHash: null } });
    const removed = await system.makeAccount(projectId, 'viewer');
    await system.prisma.member.delete({ where: { id: removed.memberId } });
    const answers = await Promise.all([
      signIn(elsewhere(), 'nobody@example.test', PASSWORD),
      signIn(elsewhere(), known.email, WRONG),
      signIn(elsewhere(), invited.email, PASSWORD),
      signIn(elsewhere(), removed.email, PASSWORD),
    ]);
    const bodies = answers.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''));
    expect(new Set(bodies).size).toBe(1);
    expect(answers[0]?.codes).toEqual(['CREDENTIALS_INVALID']);
    expect(answers.every((answer) => answer.headers['set-cookie'] === undefined)).toBe(true);
  });

  it('is recorded either way, without the password', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    await signIn(elsewhere(), email, WRONG);
    await signIn(elsewhere(), email, PASSWORD);
    const entries = await system.prisma.auditEntry.findMany({ where: { subject: email }, orderBy: { id: 'asc' } });
    expect(entries.map((entry) => entry.action)).toEqual(['session.refuse', 'session.open']);
    expect(JSON.stringify(entries)).not.toContain(WRONG);
    expect(JSON.stringify(entries)).not.toContain(PASSWORD);
  });

  it('takes no object where a text belongs', async () => {
    for (const password of [{ not: '' }, { startsWith: '' }, ['x'], 7, true, null]) {
      const answer = await elsewhere().ask(SIGN_IN, { input: { email: 'a@b', password } });
      expect(answer.codes).toEqual(['BAD_USER_INPUT']);
      expect(answer.errors[0]?.extensions.field).toBe('input.password');
    }
  });
});

describe('guessing', () => {
  it('is slowed down at one address: few of very many tries are looked at', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const guesser = elsewhere();
    const answers: Answer[] = [];
    for (let round = 0; round < 10; round++) {
      answers.push(...(await Promise.all(Array.from({ length: 20 }, () => signIn(guesser, email, WRONG)))));
    }
    const looked = answers.filter((answer) => answer.codes[0] === 'CREDENTIALS_INVALID').length;
    const slowed = answers.filter((answer) => answer.codes[0] === 'SIGN_IN_THROTTLED');
    expect(looked).toBeGreaterThanOrEqual(5);
    expect(looked).toBeLessThanOrEqual(10);
    expect(looked + slowed.length).toBe(200);
    expect(slowed[0]?.errors[0]?.extensions.retryAfterSeconds).toBeGreaterThan(0);
    expect((await signIn(guesser, email, PASSWORD)).codes).toEqual(['SIGN_IN_THROTTLED']);
    // The owner, anywhere else, is not affected.
    expect((await signIn(elsewhere(), email, PASSWORD)).codes).toEqual([]);
  });

  it('cannot be multiplied by aliases in one document', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const tries = Array.from({ length: 9 }, (_, index) => `t${index}: signIn(input: $input) { id }`).join(' ');
    const nine = `mutation ($input: SignInInput!) { ${tries} }`;
    const guesser = elsewhere();
    const answers = [
      await guesser.ask(nine, { input: { email, password: WRONG } }),
      await guesser.ask(nine, { input: { email, password: WRONG } }),
    ];
    const before = await system.prisma.auditEntry.count({ where: { subject: email, action: 'session.refuse' } });
    expect(before).toBeLessThanOrEqual(6);
    expect(answers.every((answer) => answer.errors.length > 0)).toBe(true);
    const eighty = Array.from({ length: 80 }, (_, index) => `t${index}: signIn(input: $input) { id }`).join(' ');
    const refused = await guesser.ask(`mutation ($input: SignInInput!) { ${eighty} }`, {
      input: { email, password: WRONG },
    });
    expect(refused.codes).toEqual(['DOCUMENT_TOO_COMPLEX']);
    expect(await system.prisma.auditEntry.count({ where: { subject: email, action: 'session.refuse' } })).toBe(before);
  });

  it('looks the same for e-mails that exist and those that do not', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const codes = async (tried: string) => {
      const guesser = elsewhere();
      const answers: string[] = [];
      for (let index = 0; index < 8; index++) answers.push(...(await signIn(guesser, tried, WRONG)).codes);
      return answers;
    };
    expect(await codes(email)).toEqual(await codes('unknown@example.test'));
  });

  it('across addresses never keeps a right password from a fresh one', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    for (let index = 0; index < 30; index++) await signIn(elsewhere(), email, WRONG);
    expect((await signIn(elsewhere(), email, PASSWORD)).codes).toEqual([]);
  });

  it('many accounts from one address is slowed down for that address', async () => {
    const guesser = elsewhere();
    const codes: string[] = [];
    for (let index = 0; index < 40; index++) {
      codes.push(...(await signIn(guesser, `victim-${index}@example.test`, WRONG)).codes);
    }
    expect(codes.filter((code) => code === 'CREDENTIALS_INVALID').length).toBeLessThanOrEqual(32);
    expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
  });

  it('never takes people who sign in at once from one address for guessers', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => system.makeAccount(projectId, 'viewer')));
    const office = elsewhere();
    for (let day = 0; day < 4; day++) {
      const answers = await Promise.all(people.map(({ email }) => signIn(office, email, PASSWORD)));
      expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
    }
  });

  it('is forgotten: the wait ends, and a right password clears the slate at its address', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const caller = elsewhere();
    for (let index = 0; index < 8; index++) await signIn(caller, email, WRONG);
    expect((await signIn(caller, email, PASSWORD)).codes).toEqual(['SIGN_IN_THROTTLED']);
    await system.prisma.signInThrottle.updateMany({ data: { blockedTill: new Date(Date.now() - 1) } });
    expect((await signIn(caller, email, PASSWORD)).codes).toEqual([]);
    for (let index = 0; index < 5; index++) {
      expect((await signIn(caller, email, WRONG)).codes).toEqual(['CREDENTIALS_INVALID']);
    }
  });

  it('is not helped by an address that an untrusted peer claims', async () => {
    const strict = await startSystem({ WEIR_TRUSTED_PROXIES: '203.0.113.1' });
    try {
      const { email } = await strict.makeAccount(await strict.makeProject(), 'viewer');
      const codes: string[] = [];
      for (let index = 0; index < 8; index++) {
        const liar = strict.caller({ 'x-forwarded-for': `192.0.2.${index}` });
        codes.push(...(await signIn(liar, email, WRONG)).codes);
      }
      expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
    } finally {
      await strict.stop();
    }
  });
});

describe('sessions', () => {
  const ME = '{ viewer { email role } }';
  const SESSIONS = '{ sessions { id current userAgent address } }';

  it('begin with a new cookie, whatever cookie the browser came with', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const caller = elsewhere();
    caller.cookie = `__Host-weir_session=${'A'.repeat(43)}`;
    await caller.signIn(email, PASSWORD);
    const [first, old] = [caller.cookie, caller.copy()];
    expect(first).not.toContain('A'.repeat(43));
    await caller.signIn(email, PASSWORD);
    expect(caller.cookie).not.toBe(first);
    expect((await caller.ask(ME)).data).toEqual({ viewer: { email, role: 'viewer' } });
    expect((await old.ask(ME)).data).toEqual({ viewer: null });
  });

  it('are stored as digests only', async () => {
    const caller = await system.signedIn(projectId, 'viewer');
    const token = caller.cookie?.split('=')[1] ?? '';
    expect(token).toHaveLength(43);
    expect(JSON.stringify(await system.prisma.session.findMany())).not.toContain(token);
  });

  it('end on the server at sign-out, for every tab', async () => {
    const caller = await system.signedIn(projectId, 'viewer');
    const tab = caller.copy();
    const answer = await caller.ask('mutation { signOut }');
    expect(answer.headers['set-cookie']).toEqual([expect.stringContaining('Max-Age=0')]);
    expect((await tab.ask(ME)).data).toEqual({ viewer: null });
    expect((await tab.ask('mutation { signOut }')).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('end when idle for 12 hours or a week old, and stay when used', async () => {
    const { email, accountId } = await system.makeAccount(projectId, 'viewer');
    const ages = async (data: { lastSeenAt?: Date; expiresAt?: Date }) => {
      const caller = elsewhere();
      await caller.signIn(email, PASSWORD);
      await system.prisma.session.updateMany({ where: { accountId }, data });
      return { caller, data: (await caller.ask(ME)).data };
    };
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    expect((await ages({ lastSeenAt: hours(-12.01) })).data).toEqual({ viewer: null });
    expect((await ages({ expiresAt: hours(-0.01) })).data).toEqual({ viewer: null });
    const used = await ages({ lastSeenAt: hours(-11.9) });
    expect(used.data).toMatchObject({ viewer: { email } });
    const [session] = await system.prisma.session.findMany({ where: { accountId }, orderBy: { id: 'desc' }, take: 1 });
    expect(session?.lastSeenAt.getTime()).toBeGreaterThan(hours(-1).getTime());
    const week = (session?.expiresAt.getTime() ?? 0) - (session?.createdAt.getTime() ?? 0);
    expect(Math.round(week / 3_600_000)).toBe(7 * 24);
  });

  it('can be listed and revoked one by one, but only one’s own', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const [here, there] = [elsewhere(), system.caller({ 'user-agent': 'phone', 'x-forwarded-for': '192.0.2.200' })];
    await here.signIn(email, PASSWORD);
    await there.signIn(email, PASSWORD);
    const listed = (await here.ask(SESSIONS)).data?.sessions as { id: string; current: boolean }[];
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(
      expect.objectContaining({ current: false, userAgent: 'phone', address: '192.0.2.200' }),
    );
    const id = listed.find((session) => !session.current)?.id;
    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) }';
    const stranger = await system.signedIn(projectId, 'admin');
    for (const foreign of [id, randomUUID(), 'no-uuid', '']) {
      expect((await stranger.ask(revoke, { id: foreign })).codes).toEqual(['NOT_FOUND']);
    }
    expect((await there.ask(ME)).data).toMatchObject({ viewer: { email } });
    expect((await here.ask(revoke, { id })).data).toEqual({ revokeSession: true });
    expect((await there.ask(ME)).data).toEqual({ viewer: null });
    expect((await here.ask(SESSIONS)).data?.sessions).toHaveLength(1);
  });

  it('that are over by time are tidied away, and no others', async () => {
    const { email, accountId } = await system.makeAccount(projectId, 'viewer');
    const [here, there] = [elsewhere(), elsewhere()];
    await here.signIn(email, PASSWORD);
    const [over] = await system.prisma.session.findMany({ where: { accountId } });
    await system.prisma.session.updateMany({ where: { accountId }, data: { expiresAt: new Date(Date.now() - 1) } });
    await there.signIn(email, PASSWORD);
    await system.control.app.get(Housekeeping).run();
    const left = await system.prisma.session.findMany({ where: { accountId } });
    expect(left).toHaveLength(1);
    expect(left[0]?.id).not.toBe(over?.id);
    expect((await there.ask(ME)).data).toMatchObject({ viewer: { email } });
  });

  it('all end with a change of password but the one that asked, which gets a new cookie', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const [here, there] = [elsewhere(), elsewhere()];
    await here.signIn(email, PASSWORD);
    await there.signIn(email, PASSWORD);
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }';
    const newPassword = 'an even better password';
    const wrong = await here.ask(change, { input: { currentPassword: WRONG, newPassword } });
    expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'PASSWORD_WRONG', field: 'currentPassword' });
    const before = here.copy();
    expect((await here.ask(change, { input: { currentPassword: PASSWORD, newPassword } })).codes).toEqual([]);
    expect((await before.ask(ME)).data).toEqual({ viewer: null });
    expect((await there.ask(ME)).data).toEqual({ viewer: null });
    expect((await here.ask(ME)).data).toMatchObject({ viewer: { email } });
    expect((await signIn(elsewhere(), email, PASSWORD)).codes).toEqual(['CREDENTIALS_INVALID']);
    expect((await signIn(elsewhere(), email, newPassword)).codes).toEqual([]);
  });

  it('cannot be guessed at through changePassword either', async () => {
    const { email } = await system.makeAccount(projectId, 'viewer');
    const thief = elsewhere();
    await thief.signIn(email, PASSWORD);
    const change = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) }';
    const codes: string[] = [];
    for (let index = 0; index < 10; index++) {
      const input = { currentPassword: `${WRONG} ${index}`, newPassword: 'a password of the thief' };
      codes.push(...(await thief.ask(change, { input })).codes);
    }
    expect(codes.at(-1)).toBe('SIGN_IN_THROTTLED');
  });
});

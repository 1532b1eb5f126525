import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { PASSWORD, type System, startSystem } from './system.js';

const INVITE = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { email link expiresAt } }';
const ACCEPT = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email role } }';
const SET_ROLE = 'mutation ($id: ID!, $role: Role!) { updateMemberRole(id: $id, role: $role) { role } }';
const REMOVE = 'mutation ($id: ID!) { removeMember(id: $id) }';
const MEMBERS = '{ members { id email role invited } }';
const ME = '{ viewer { email role } }';

let system: System;
let projectId: string;
let admin: Caller;
let adminId: string;
beforeAll(async () => {
  system = await startSystem({ WEIR_PUBLIC_CONSOLE_URL: 'https://console.example.test' });
});
afterAll(() => system?.stop());
beforeEach(async () => {
  projectId = await system.makeProject();
  const account = await system.makeAccount(projectId, 'admin');
  adminId = account.memberId;
  admin = system.caller();
  await admin.signIn(account.email, PASSWORD);
});

interface MemberRow {
  id: string;
  email: string;
  role: string;
  invited: boolean;
}
const membersOf = async (caller: Caller) => (await caller.ask(MEMBERS)).data?.members as MemberRow[];
const tokenIn = (link: unknown) => new URL(String(link)).searchParams.get('token') ?? '';

async function invite(email = `${randomUUID()}@example.test`, role = 'engineer') {
  const answer = await admin.ask(INVITE, { input: { email, displayName: 'New', role } });
  const invitation = answer.data?.inviteMember as { link: string } | undefined;
  return { email, answer, token: invitation ? tokenIn(invitation.link) : '' };
}

describe('an invitation', () => {
  it('is a link that works once and signs the person in with the role given', async () => {
    const { email, answer, token } = await invite();
    expect(answer.data).toMatchObject({
      inviteMember: { email, link: expect.stringMatching(/^https:\/\/console\.example\.test\/invite\?token=.{43}$/) },
    });
    expect(await membersOf(admin)).toContainEqual(expect.objectContaining({ email, role: 'engineer', invited: true }));
    expect(JSON.stringify(await system.prisma.invitation.findMany())).not.toContain(token);

    const people = [system.caller(), system.caller()];
    const input = { token, password: PASSWORD };
    const answers = await Promise.all(people.map((person) => person.ask(ACCEPT, { input })));
    expect(answers.map((accepted) => accepted.codes.join()).sort()).toEqual(['', 'INVITATION_INVALID']);
    const won = people[answers.findIndex((accepted) => accepted.codes.length === 0)];
    expect((await won?.ask(ME))?.data).toEqual({ viewer: { email, role: 'engineer' } });
    expect(await membersOf(admin)).toContainEqual(expect.objectContaining({ email, invited: false }));
    await system.caller().signIn(email, PASSWORD);
  });

  it('sent again voids the first link; a link too old is refused', async () => {
    const first = await invite();
    const second = await invite(first.email, 'finance');
    const accept = (token: string) => system.caller().ask(ACCEPT, { input: { token, password: PASSWORD } });
    expect((await accept(first.token)).codes).toEqual(['INVITATION_INVALID']);
    await system.prisma.invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await accept(second.token)).codes).toEqual(['INVITATION_INVALID']);
    const third = await invite(first.email, 'finance');
    expect((await accept(third.token)).data).toMatchObject({ acceptInvitation: { role: 'finance' } });
  });

  it('cannot take over an account that somebody uses, here or in another project', async () => {
    const mine = await system.makeAccount(projectId, 'viewer');
    const theirs = await system.makeAccount(await system.makeProject(), 'viewer');
    for (const email of [mine.email, theirs.email, theirs.email.toUpperCase()]) {
      expect((await invite(email)).answer.codes).toEqual(['EMAIL_TAKEN']);
    }
    await system.caller().signIn(theirs.email, PASSWORD);
  });

  it('pending in another project cannot be redirected', async () => {
    const { email, token } = await invite();
    const other = await system.signedIn(await system.makeProject(), 'admin');
    const answer = await other.ask(INVITE, { input: { email, displayName: 'Mine', role: 'admin' } });
    expect(answer.codes).toEqual(['EMAIL_TAKEN']);
    const accepted = await system.caller().ask(ACCEPT, { input: { token, password: PASSWORD } });
    expect(accepted.data).toMatchObject({ acceptInvitation: { email, role: 'engineer' } });
  });

  it('is refused for what is no e-mail or no name', async () => {
    const ask = (input: object) => admin.ask(INVITE, { input: { displayName: 'X', role: 'viewer', ...input } });
    expect((await ask({ email: 'no e-mail' })).errors[0]?.extensions).toMatchObject({ field: 'email' });
    expect((await ask({ email: 'a@b', displayName: ' ' })).errors[0]?.extensions).toMatchObject({
      field: 'displayName',
    });
  });
});

describe('roles', () => {
  it('take effect with the next request of a session that is open already', async () => {
    const { email, memberId } = await system.makeAccount(projectId, 'engineer');
    const person = system.caller();
    await person.signIn(email, PASSWORD);
    expect((await person.ask(MEMBERS)).codes).toEqual(['FORBIDDEN']);
    await admin.ask(SET_ROLE, { id: memberId, role: 'admin' });
    expect((await person.ask(MEMBERS)).codes).toEqual([]);
    await admin.ask(SET_ROLE, { id: memberId, role: 'viewer' });
    expect((await person.ask(MEMBERS)).codes).toEqual(['FORBIDDEN']);
  });

  it('never leave a project without an admin who can sign in', async () => {
    await invite(undefined, 'admin');
    expect((await admin.ask(SET_ROLE, { id: adminId, role: 'viewer' })).codes).toEqual(['LAST_ADMIN']);
    expect((await admin.ask(REMOVE, { id: adminId })).codes).toEqual(['LAST_ADMIN']);
    expect((await admin.ask(SET_ROLE, { id: adminId, role: 'admin' })).codes).toEqual([]);
    expect((await admin.ask(ME)).data).toMatchObject({ viewer: { role: 'admin' } });
  });

  it('leave one admin when two demote each other at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const second = await system.makeAccount(projectId, 'admin');
      const other = system.caller();
      await other.signIn(second.email, PASSWORD);
      const answers = await Promise.all([
        admin.ask(SET_ROLE, { id: second.memberId, role: 'viewer' }),
        other.ask(SET_ROLE, { id: adminId, role: 'viewer' }),
      ]);
      const admins = await system.prisma.member.findMany({ where: { projectId, role: 'admin' } });
      expect(admins, JSON.stringify(answers.map((answer) => answer.codes))).toHaveLength(1);
      await system.prisma.member.updateMany({ where: { id: adminId }, data: { role: 'admin' } });
      await system.prisma.member.delete({ where: { id: second.memberId } });
    }
  });
});

describe('a removed member', () => {
  it('is out at once, and may be invited again', async () => {
    const { email, memberId } = await system.makeAccount(projectId, 'engineer');
    const person = system.caller();
    await person.signIn(email, PASSWORD);
    expect((await admin.ask(REMOVE, { id: memberId })).data).toEqual({ removeMember: true });
    expect((await person.ask(ME)).data).toEqual({ viewer: null });
    await expect(system.caller().signIn(email, PASSWORD)).rejects.toThrow('CREDENTIALS_INVALID');
    expect((await admin.ask(REMOVE, { id: memberId })).codes).toEqual(['NOT_FOUND']);

    const { token } = await invite(email, 'viewer');
    await expect(system.caller().signIn(email, PASSWORD)).rejects.toThrow('CREDENTIALS_INVALID');
    const accepted = await system.caller().ask(ACCEPT, { input: { token, password: 'another good password' } });
    expect(accepted.data).toMatchObject({ acceptInvitation: { email, role: 'viewer' } });
  });

  it('who had not accepted yet cannot accept any more', async () => {
    const { email, token } = await invite();
    const pending = (await membersOf(admin)).find((member) => member.email === email);
    await admin.ask(REMOVE, { id: pending?.id });
    const accepted = await system.caller().ask(ACCEPT, { input: { token, password: PASSWORD } });
    expect(accepted.codes).toEqual(['INVITATION_INVALID']);
  });
});

describe('the audit log', () => {
  const PAGE =
    'query ($first: Int, $after: String) { auditEntries(first: $first, after: $after) { nodes { id actor action subject } endCursor hasNextPage } }';
  interface Page {
    nodes: { id: string; actor: string; action: string; subject: string }[];
    endCursor: string | null;
    hasNextPage: boolean;
  }
  const page = async (variables: object) => {
    const answer = await admin.ask(PAGE, { ...variables });
    return { answer, page: answer.data?.auditEntries as Page };
  };

  it('names who did what, newest first, page by page without gap or repeat, even within one millisecond', async () => {
    const createdAt = new Date();
    await system.prisma.auditEntry.createMany({
      data: Array.from({ length: 25 }, (_, index) => ({
        projectId,
        actor: 'test',
        action: 'test.fill',
        subject: `entry ${index}`,
        detail: {},
        createdAt,
      })),
    });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { page: part }: { page: Page } = await page({ first: 10, after });
      seen.push(...part.nodes.map((node) => node.id));
      after = part.hasNextPage ? part.endCursor : null;
    } while (after !== null);
    const all = await system.prisma.auditEntry.findMany({ where: { projectId } });
    expect(seen).toHaveLength(all.length);
    expect(new Set(seen)).toEqual(new Set(all.map((entry) => entry.id)));
  });

  it('refuses a cursor it did not make and pages of any size', async () => {
    for (const after of ['x', '', 'AAAA', Buffer.from('2026-01-01/x').toString('base64url')]) {
      expect((await page({ after })).answer.codes).toEqual(['CURSOR_INVALID']);
    }
    for (const first of [0, -1, 201, 2_147_483_647]) {
      const { answer } = await page({ first });
      expect(['PAGE_SIZE_INVALID', 'DOCUMENT_TOO_COMPLEX']).toContain(answer.codes[0]);
    }
  });
});

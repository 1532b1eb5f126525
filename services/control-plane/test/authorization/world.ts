import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@weir/prisma';
import { messageId } from '@weir/transcripts';
import { ApiTokensService } from '../../src/api-tokens/api-tokens.service.js';
import { AppsService } from '../../src/apps/apps.service.js';
import { TokensService } from '../../src/apps/tokens.service.js';
import type { Viewer } from '../../src/platform/viewer.js';
import { ProvidersService } from '../../src/providers/providers.service.js';
import { SavedViewsService } from '../../src/saved-views/saved-views.service.js';
import { SecretsService } from '../../src/secrets/secrets.service.js';
import { mintOneTimeToken } from '../../src/sessions/one-time-token.js';
import type { Caller } from '../caller.js';
import type { System } from '../system.js';
import { type RecordedTurn, storeTurns } from '../transcript-rows.js';
import { type Recorded, store } from '../usage-rows.js';

/** What a call may name: of one's own project, of another, or made up. */
export interface Names {
  readonly provider: string;
  readonly revision: number;
  readonly secretId: string;
  readonly freeSecretId: string;
  readonly appId: string;
  readonly appName: string;
  readonly tokenId: string;
  readonly memberId: string;
  readonly sessionId: string;
  readonly eventId: string;
  readonly conversationId: string;
  readonly turnId: string;
  readonly messageId: string;
  readonly readyRestatementId: string;
  readonly bookedRestatementId: string;
  readonly deletionId: string;
  readonly closedMonth: string;
  readonly reportId: string;
  readonly savedViewId: string;
  readonly apiTokenId: string;
  readonly invitation: string;
  readonly invitedEmail: string;
}

export interface Surroundings {
  readonly system: System;
  readonly clickhouseUrl: string;
  /** An upstream that the operator listed. */
  readonly upstream: string;
}

const tag = () => randomBytes(6).toString('hex');

/** Somebody with a session, made without a sign-in so that thousands of checks stay cheap. */
export async function makePerson(
  { system }: Surroundings,
  projectId: string,
  role: Role,
  label = 'person',
): Promise<{ caller: Caller; viewer: Viewer; memberId: string }> {
  const { email, accountId, memberId } = await system.makeAccount(projectId, role, label);
  const { caller, sessionId } = await openSession(system, accountId, label);
  return { caller, memberId, viewer: { accountId, projectId, role, sessionId, email } };
}

export async function openSession(system: System, accountId: string, label: string) {
  const { token, digest } = mintOneTimeToken();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const { id } = await system.prisma.session.create({ data: { accountId, digest, expiresAt, userAgent: label } });
  const caller = system.caller();
  caller.cookie = `__Host-weir_session=${token}`;
  return { caller, sessionId: id };
}

/**
 * One of each thing in a project. `label` is in every text that nobody has to know in order to name the thing, so that
 * finding it in an answer means the thing was shown.
 */
export async function makeThings(surroundings: Surroundings, actor: Viewer, label: string): Promise<Names> {
  const [names] = await makeThingsOfEach(surroundings, [actor], label);
  return names as Names;
}

/** One of each thing for each of them. The calls of all are stored at once: an insert costs as much for one as for many. */
export async function makeThingsOfEach(
  surroundings: Surroundings,
  actors: readonly Viewer[],
  label: string,
): Promise<Names[]> {
  const made: Made[] = [];
  for (const actor of actors) made.push(await makeAllButTheCall(surroundings, actor, label));
  const eventIds = await store(
    surroundings.clickhouseUrl,
    made.map(({ call }) => call),
  );
  const turnIds = await storeTurns(
    surroundings.clickhouseUrl,
    made.map(({ turn }) => turn),
  );
  return made.map(({ names }, index) => ({ ...names, eventId: eventIds[index] ?? '', turnId: turnIds[index] ?? '' }));
}

interface Made {
  readonly names: Omit<Names, 'eventId' | 'turnId'>;
  readonly call: Recorded;
  readonly turn: RecordedTurn;
}

async function makeAllButTheCall(surroundings: Surroundings, actor: Viewer, label: string): Promise<Made> {
  const { system, upstream } = surroundings;
  const { app } = system.control;
  const id = tag();
  const [secretId, freeSecretId] = [`KEY_${id.toUpperCase()}`, `FREE_${id.toUpperCase()}`];
  const secrets = app.get(SecretsService);
  await secrets.create(actor, { secretId, value: `${label}-used-value-${id}` });
  await secrets.create(actor, { secretId: freeSecretId, value: `${label}-free-value-${id}` });
  const provider = await app.get(ProvidersService).create(actor, {
    name: `p-${id}`,
    displayName: label,
    type: 'openai_compatible',
    baseUrl: `${upstream}/${label}`,
    secretId,
    models: [label],
  });
  const application = await app.get(AppsService).create(actor, { name: `${label} ${id}`, environment: 'production' });
  const { token } = await app.get(TokensService).create(actor, { appId: application.id, name: label });
  const subject = await makePerson(surroundings, actor.projectId, 'viewer', label);
  const own = await openSession(system, actor.accountId, label);
  const said = { role: 'user' as const, parts: [{ type: 'text' as const, content: `${label} ${id}` }] };
  const names = {
    provider: provider.name,
    revision: provider.revision,
    secretId,
    freeSecretId,
    appId: application.id,
    appName: application.name,
    tokenId: token.id,
    memberId: subject.memberId,
    sessionId: own.sessionId,
    ...(await keepBooks(system, actor, label)),
    reportId: await orderReport(system, actor, label),
    ...(await keepViews(system, actor, label)),
    ...(await invite(system, actor.projectId, label)),
    conversationId: randomUUID(),
    messageId: messageId(said),
  };
  const call = {
    projectId: actor.projectId,
    at: Date.now() - 60_000,
    usd: '0.25',
    event: { provider: provider.name, app: application.name, app_id: application.id, user: label, agent: label },
  };
  const turn = {
    ...{ projectId: actor.projectId, conversationId: names.conversationId, at: Date.now() - 60_000 },
    ...{ inputs: [said], outputs: [said], request: Buffer.from(JSON.stringify({ label, padding: label.repeat(40) })) },
    turn: { title: label, app: application.name, user: label, agent: label, provider: provider.name },
  };
  return { names, call, turn };
}

const monthsFrom = (year: number) => {
  let month = 0;
  return () => new Date(Date.UTC(year, month++, 1)).toISOString().slice(0, 7);
};

/** A month that is over and that nobody has closed. */
export const openMonth = monthsFrom(2020);
/** No two projects close the same one, so that its name alone leads nowhere. */
const freshMonth = monthsFrom(2031);

/** A restatement that waits to be booked, one that is booked, and a closed month. */
async function keepBooks(system: System, { projectId, email }: Viewer, label: string) {
  const { prisma } = system;
  const now = new Date();
  const restatement = async (state: 'READY' | 'BOOKED') => {
    const newest = await prisma.restatement.aggregate({ where: { projectId }, _max: { number: true } });
    const { id } = await prisma.restatement.create({
      data: {
        ...{ projectId, state, kind: 'RERATE', number: (newest._max.number ?? 0) + 1, reason: label },
        ...{ from: new Date(now.getTime() - 3_600_000), to: now, knownAt: now, requestedBy: email },
      },
    });
    return id;
  };
  const closedMonth = freshMonth();
  await prisma.accountingMonth.create({
    data: {
      ...{ projectId, month: closedMonth, isClosed: true, closedAt: now, closedBy: label },
      ...{ spendAtClose: 0, callsAtClose: 0 },
    },
  });
  return {
    readyRestatementId: await restatement('READY'),
    bookedRestatementId: await restatement('BOOKED'),
    closedMonth,
    deletionId: (
      await prisma.transcriptDeletion.create({
        data: { projectId, state: 'DONE', orderedBy: email, reason: label, user: label, tables: [], doneAt: now },
      })
    ).id,
  };
}

/** A report that is over, so that nothing works on it while a test compares. */
async function orderReport({ prisma }: System, { projectId, email }: Viewer, label: string): Promise<string> {
  const now = new Date();
  const { id } = await prisma.usageReport.create({
    data: {
      ...{ projectId, state: 'failed', format: 'csv', interval: 'day', timeZone: 'UTC', problem: label },
      ...{ from: new Date(now.getTime() - 3_600_000), to: now, asOf: now, slices: 1 },
      ...{ dimensions: ['provider'], fileName: `${label}.csv`, createdBy: email },
    },
  });
  return id;
}

/** A view of one's own that nobody else sees, and a read token. */
async function keepViews({ control }: System, actor: Viewer, label: string) {
  const name = `${label} ${tag()}`;
  const view = await control.app.get(SavedViewsService).create(actor, { name, query: label, shared: false });
  const { token } = await control.app.get(ApiTokensService).create(actor, { name, expiresInDays: 1 });
  return { savedViewId: view.id, apiTokenId: token.id };
}

async function invite(system: System, projectId: string, label: string) {
  const { token, digest } = mintOneTimeToken();
  const invitedEmail = `invited-${randomUUID()}@example.test`;
  await system.prisma.account.create({
    data: {
      email: invitedEmail,
      displayName: label,
      members: { create: { projectId, role: 'viewer' } },
      invitations: { create: { digest, expiresAt: new Date(Date.now() + 3_600_000) } },
    },
  });
  return { invitation: token, invitedEmail };
}

/** Well-formed names of nothing. */
export function randomNames(): Names {
  const id = tag();
  return {
    ...{ provider: `p-${id}`, revision: 1, secretId: `KEY_${id.toUpperCase()}`, freeSecretId: `F_${id.toUpperCase()}` },
    ...{ appId: randomUUID(), appName: `app ${id}`, tokenId: randomUUID(), memberId: randomUUID() },
    ...{ sessionId: randomUUID(), eventId: randomUUID(), invitation: randomBytes(32).toString('base64url') },
    invitedEmail: `${id}@example.test`,
    ...{ conversationId: randomUUID(), turnId: randomUUID(), messageId: randomBytes(32).toString('hex') },
    ...{ readyRestatementId: randomUUID(), bookedRestatementId: randomUUID(), closedMonth: '2030-01' },
    ...{ reportId: randomUUID(), deletionId: randomUUID() },
    ...{ savedViewId: randomUUID(), apiTokenId: randomUUID() },
  };
}

/** No names at all. */
export function malformedNames(): Names {
  const text = `' OR 1=1 --`;
  return {
    ...{ provider: text, revision: 1, secretId: text, freeSecretId: text, appId: text, appName: text },
    ...{ tokenId: text, memberId: text, sessionId: text, eventId: text, invitation: text, invitedEmail: text },
    ...{ readyRestatementId: text, bookedRestatementId: text, closedMonth: text, reportId: text },
    deletionId: text,
    ...{ savedViewId: text, apiTokenId: text, conversationId: text, turnId: text, messageId: text },
  };
}

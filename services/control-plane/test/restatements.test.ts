import { randomUUID } from 'node:crypto';
import {
  DIFFERENCE_KEYS,
  type DifferenceLine,
  DOOR,
  type RestatementDifference,
  type RestatementWork,
  restatementWork,
} from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { OverridesService } from '../src/pricing/overrides.service.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { RestatementsService } from '../src/restatements/restatements.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

const RANGE = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-04-01T00:00:00Z') };
const LEASE_SECONDS = 10;
const MAX_ATTEMPTS = 20;

let postgres: TestServer;
let plane: Replica;
let viewer: Viewer;
let restatements: RestatementsService;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase());
  restatements = plane.app.get(RestatementsService);
}, 60_000);
afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  // What an earlier test left waiting would be handed out first.
  await plane.prisma.restatement.updateMany({ data: { state: 'CANCELLED' } });
  viewer = await plane.viewerOfNewProject('finance');
});

const lineOf = (key: string): DifferenceLine => ({
  ...{ key, other: false, events: 1, before: '1.000000000001', after: '2', difference: '0.999999999999' },
});
const found = (over: Partial<RestatementDifference> = {}): RestatementDifference => ({
  ...{ eventsSeen: 2, eventsChanged: 1, newlyPriced: 0, newlyUnpriced: 0, restatedSince: 0 },
  ...{ before: '1.000000000001', after: '2', difference: '0.999999999999' },
  ...{ byProvider: [lineOf('alpha')], byModel: [lineOf('gpt-x')], byBucket: [lineOf('input')] },
  ...over,
});

async function tell(path: string, body: object): Promise<Response> {
  return fetch(plane.internalUrl + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${plane.config.masterKey.doorToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

/** As a worker asks for work. */
async function claim(): Promise<RestatementWork | null> {
  const answer = await tell(DOOR.restatementClaim, {});
  return answer.status === 204 ? null : restatementWork.parse(await answer.json());
}
async function claimed(): Promise<RestatementWork> {
  const work = await claim();
  if (!work) throw new Error('nothing to claim');
  return work;
}

const holdOf = ({ id, lease }: RestatementWork) => ({ id, lease });
const checkpointOf = (page: number, done: number) => ({
  ...{ page, done, after: { startedAt: RANGE.from.getTime() + page, eventId: randomUUID() }, found: found() },
});
const progress = async (work: RestatementWork, done: number) =>
  (await tell(DOOR.restatementProgress, { ...holdOf(work), done, total: 9, checkpoint: checkpointOf(done, done) }))
    .status;
const finish = async (work: RestatementWork, difference = found()) =>
  (await tell(DOOR.restatementResult, { ...holdOf(work), difference })).status;
const fail = async (work: RestatementWork, problem: string) =>
  (await tell(DOOR.restatementFailure, { ...holdOf(work), problem })).status;

/** The worker that holds it falls silent for longer than its lease. */
const silence = (id: string) =>
  plane.prisma.restatement.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1_000) } });

const preview = (reason = 'New prices') => restatements.preview(viewer, { ...RANGE, reason });
const one = (id: string) => restatements.one(viewer, id);

async function ready(): Promise<string> {
  const { id } = await preview();
  expect(await finish(await claimed())).toBe(204);
  return id;
}
async function booked(): Promise<string> {
  const id = await ready();
  await restatements.book(viewer, id);
  expect(await finish(await claimed())).toBe(204);
  return id;
}
const refused = (code: string) => expect.objectContaining({ code });
const close = (month = '2026-03') =>
  plane.prisma.accountingMonth.create({
    data: {
      ...{ projectId: viewer.projectId, month, isClosed: true, closedAt: new Date(), closedBy: viewer.email },
      ...{ spendAtClose: '1', callsAtClose: 1 },
    },
  });

describe('work at the door', () => {
  test('is given to one worker of many that ask at once, and one piece of a project at a time', async () => {
    const { id } = await preview();
    await preview('The next');
    const given = await Promise.all(Array.from({ length: 8 }, claim));
    const works = given.filter((work) => work !== null);
    expect(works.map((work) => work.id)).toEqual([id]);
    expect(works[0]).toMatchObject({ phase: 'preview', reverses: null, checkpoint: null, from: RANGE.from.getTime() });
    expect(await claim()).toBeNull();
    const other = await plane.viewerOfNewProject('finance');
    const theirs = await restatements.preview(other, { ...RANGE, reason: 'Theirs' });
    expect((await claimed()).id).toBe(theirs.id);
  });

  test('asks for the door token', async () => {
    await preview();
    const answer = await fetch(plane.internalUrl + DOOR.restatementClaim, { method: 'POST' });
    expect(answer.status).toBe(401);
  });

  test('goes on where a silent worker stopped, and the silent one is not heard any more', async () => {
    const { id } = await preview();
    const first = await claimed();
    expect(await progress(first, 5)).toBe(204);
    expect(await claim()).toBeNull();
    await silence(id);
    const second = await claimed();
    expect(second).toMatchObject({ id, checkpoint: { page: 5, done: 5, found: found() } });
    expect(second.lease).not.toBe(first.lease);
    expect(await progress(first, 6)).toBe(409);
    expect(await finish(first)).toBe(409);
    expect(await fail(first, 'mine')).toBe(409);
    expect((await one(id))?.progress).toEqual({ done: 5, total: 9 });
    expect(await finish(second)).toBe(204);
    expect(await one(id)).toMatchObject({ state: 'READY', preview: found() });
    expect(await finish(second)).toBe(409);
  });

  test('is held for as long as its worker is heard', async () => {
    const { id } = await preview();
    const work = await claimed();
    await plane.prisma.restatement.update({ where: { id }, data: { leaseUntil: new Date(Date.now() + 1_000) } });
    expect(await progress(work, 1)).toBe(204);
    const { leaseUntil } = await plane.prisma.restatement.findUniqueOrThrow({ where: { id } });
    expect((leaseUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan((LEASE_SECONDS - 4) * 1_000);
  });

  test('that is cancelled is taken from its worker', async () => {
    const { id } = await preview();
    const work = await claimed();
    expect((await restatements.cancel(viewer, id)).state).toBe('CANCELLED');
    expect(await progress(work, 1)).toBe(409);
    expect(await finish(work)).toBe(409);
    expect(await one(id)).toMatchObject({ state: 'CANCELLED', preview: null });
    expect(await claim()).toBeNull();
  });

  test('takes a report with as many lines as there can be', async () => {
    const { id } = await preview();
    const long = Array.from({ length: DIFFERENCE_KEYS + 1 }, (_, index) => lineOf(`${index}-`.padEnd(255, '\u0001')));
    const all = found({ byProvider: long, byModel: long });
    const work = await claimed();
    const checkpoint = { ...checkpointOf(1, 1), found: all };
    const told = await tell(DOOR.restatementProgress, { ...holdOf(work), done: 1, total: 2, checkpoint });
    expect(told.status).toBe(204);
    expect(await finish(work, all)).toBe(204);
    expect((await one(id))?.preview?.byModel).toHaveLength(DIFFERENCE_KEYS + 1);
  });

  test('refuses a report that is none', async () => {
    await preview();
    const work = await claimed();
    const told = await tell(DOOR.restatementResult, { ...holdOf(work), difference: { ...found(), before: '1e-3' } });
    expect(told.status).toBe(400);
  });
});

describe('what goes wrong', () => {
  test('in a preview is told, and the next preview waits for nothing', async () => {
    const { id } = await preview();
    expect(await fail(await claimed(), 'The answer has another shape.')).toBe(204);
    expect(await one(id)).toMatchObject({ state: 'FAILED', problem: 'The answer has another shape.', bookedBy: null });
    await expect(restatements.book(viewer, id)).rejects.toEqual(refused('NOT_PREVIEWED'));
    expect(await ready()).not.toBe(id);
  });

  test('halfway through a booking is told, and ordering it again goes on from there', async () => {
    const id = await ready();
    await restatements.book(viewer, id);
    const work = await claimed();
    expect(work).toMatchObject({ phase: 'booking', checkpoint: null });
    expect(await progress(work, 4)).toBe(204);
    expect(await fail(work, 'Out of space.')).toBe(204);
    expect(await one(id)).toMatchObject({ state: 'FAILED', problem: 'Out of space.', booked: null });
    await expect(restatements.cancel(viewer, id)).rejects.toEqual(refused('BOOKING_IN_FLIGHT'));
    await expect(restatements.reverse(viewer, id, 'Undo')).rejects.toEqual(refused('NOT_BOOKED'));
    expect(await restatements.book(viewer, id)).toMatchObject({ state: 'BOOKING', problem: null });
    const again = await claimed();
    expect(again).toMatchObject({ phase: 'booking', checkpoint: { page: 4, done: 4 } });
    expect(await finish(again)).toBe(204);
    expect(await one(id)).toMatchObject({ state: 'BOOKED', booked: found(), bookedBy: viewer.email, problem: null });
  });

  test('again and again without getting anywhere is given up, and told', async () => {
    const { id } = await preview();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      expect((await claimed()).id).toBe(id);
      await silence(id);
    }
    expect(await claim()).toBeNull();
    expect(await one(id)).toMatchObject({ state: 'FAILED', problem: expect.stringContaining(`${MAX_ATTEMPTS} times`) });
  });

  test('now and then is not: each step forward counts anew', async () => {
    const { id } = await preview();
    for (let attempt = 1; attempt < MAX_ATTEMPTS * 2; attempt++) {
      expect(await progress(await claimed(), attempt)).toBe(204);
      await silence(id);
    }
    expect((await claimed()).id).toBe(id);
  });
});

describe('an order', () => {
  test('to book is given once, whoever repeats it', async () => {
    const id = await ready();
    const orders = await Promise.all(Array.from({ length: 5 }, () => restatements.book(viewer, id)));
    expect(new Set(orders.map(({ state }) => state))).toEqual(new Set(['BOOKING']));
    expect(await finish(await claimed())).toBe(204);
    expect((await restatements.book(viewer, id)).state).toBe('BOOKED');
    const entries = await plane.prisma.auditEntry.count({
      where: { projectId: viewer.projectId, action: 'restatement.book' },
    });
    expect(entries).toBe(1);
    expect(await claim()).toBeNull();
  });

  test('is refused in a closed month: to preview, to book and to reverse', async () => {
    const [done, waiting] = [await booked(), await ready()];
    await close();
    await expect(preview()).rejects.toEqual(refused('MONTH_CLOSED'));
    await expect(restatements.book(viewer, waiting)).rejects.toEqual(refused('MONTH_CLOSED'));
    await expect(restatements.reverse(viewer, done, 'Undo')).rejects.toEqual(refused('MONTH_CLOSED'));
    expect(await claim()).toBeNull();
    const april = { from: RANGE.to, to: new Date('2026-05-01T00:00:00Z'), reason: 'Next to it' };
    expect((await restatements.preview(viewer, april)).state).toBe('PREVIEWING');
  });

  test('to reverse names its own state beside what it takes back, and comes but once', async () => {
    const id = await booked();
    const reversal = await restatements.reverse(viewer, id, 'Undo');
    expect((await one(id))?.reversedBy).toMatchObject({ number: reversal.number, state: 'PREVIEWING' });
    await expect(restatements.reverse(viewer, id, 'Twice')).rejects.toEqual(refused('REVERSED_ALREADY'));
    await restatements.cancel(viewer, reversal.id);
    expect((await one(id))?.reversedBy).toBeNull();
    const second = await restatements.reverse(viewer, id, 'Undo after all');
    const work = await claimed();
    expect(work).toMatchObject({ id: second.id, reverses: id, phase: 'preview' });
    await finish(work);
    await restatements.book(viewer, second.id);
    const booking = await claimed();
    expect(booking.undone).toEqual({ [second.id]: id });
    await finish(booking);
    expect((await one(id))?.reversedBy).toMatchObject({ number: second.number, state: 'BOOKED' });
  });

  test('holds to the prices known when it was given, to the very change', async () => {
    await plane.app.get(ProvidersService).create(viewer, {
      ...{ name: 'alpha', displayName: 'Alpha', type: 'openai', models: [], passthrough: true },
    });
    const overrides = plane.app.get(OverridesService);
    const { accountId } = viewer;
    const email = `${accountId}@example.com`;
    await plane.prisma.account.create({ data: { id: accountId, email, displayName: 'Ann' } });
    const price = (usd: string) =>
      overrides.set(viewer, { provider: 'alpha', model: 'm', rates: [{ bucket: 'input', perMillion: usd }] });
    const believedSince = async () => {
      const { _max } = await plane.prisma.priceOverride.aggregate({ _max: { knownFrom: true } });
      return _max.knownFrom;
    };
    await price('1');
    const known = await believedSince();
    const { id, knownAt } = await preview();
    expect(knownAt).toEqual(known);
    await price('2');
    const work = await claimed();
    expect(work).toMatchObject({ id, knownAt: known?.getTime() });
    const { _max } = await plane.prisma.publication.aggregate({
      where: { kind: 'price_book' },
      _max: { version: true },
    });
    expect(work.priceBookVersion).toBe(_max.version);
    expect((await preview()).knownAt).toEqual(await believedSince());
  });

  test('is refused when too many wait', async () => {
    for (let waiting = 0; waiting < 20; waiting++) await preview();
    await expect(preview()).rejects.toEqual(refused('TOO_MANY_WAITING'));
  });

  test('of another project cannot be seen, booked, cancelled or reversed', async () => {
    const id = await ready();
    const stranger = await plane.viewerOfNewProject('finance');
    expect(await restatements.one(stranger, id)).toBeNull();
    const nothing = refused('NOT_FOUND');
    await expect(restatements.book(stranger, id)).rejects.toEqual(nothing);
    await expect(restatements.cancel(stranger, id)).rejects.toEqual(nothing);
    await expect(restatements.reverse(stranger, id, 'Undo')).rejects.toEqual(nothing);
    expect(await one(id)).toMatchObject({ state: 'READY' });
  });
});

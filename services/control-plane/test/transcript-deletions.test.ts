import { randomUUID } from 'node:crypto';
import { DOOR, type TranscriptDeletionWork, transcriptDeletionWork } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { TranscriptDeletionsService } from '../src/transcripts/deletion/deletions.service.js';
import type { DeleteTranscriptsInput } from '../src/transcripts/deletion/deletions.types.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let viewer: Viewer;
let deletions: TranscriptDeletionsService;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase());
  deletions = plane.app.get(TranscriptDeletionsService);
}, 60_000);
afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});
beforeEach(async () => {
  await plane.prisma.transcriptDeletion.updateMany({ data: { state: 'DONE', tables: [] } });
  viewer = await plane.viewerOfNewProject('admin');
});

function tell(path: string, body: object): Promise<Response> {
  const authorization = `Bearer ${plane.config.masterKey.doorToken}`;
  return fetch(plane.internalUrl + path, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** As a worker asks for orders. */
async function claim(): Promise<TranscriptDeletionWork | null> {
  const answer = await tell(DOOR.transcriptDeletionClaim, {});
  return answer.status === 204 ? null : transcriptDeletionWork.parse(await answer.json());
}
const report = async (path: string, body: object) => (await tell(path, body)).status;
const order = (over: Partial<DeleteTranscriptsInput>) =>
  deletions.order(viewer, { reason: 'She asked for it', ...over });

const TABLES = [{ table: 'transcript_turns_v1', found: 12, left: 0 }];

describe('an order', () => {
  test('is handed to one worker, and its receipt is kept with who ordered it and why', async () => {
    const conversationId = randomUUID();
    const before = Date.now();
    const { id } = await order({ conversationId, user: 'ann', from: new Date(1_000), to: new Date(2_000) });
    const claimed = await Promise.all(Array.from({ length: 6 }, claim));
    const [work, ...others] = claimed.filter((one) => one !== null);
    expect(others).toEqual([]);
    expect(work).toMatchObject({
      ...{ id, projectId: viewer.projectId, conversationId, user: 'ann', appId: null, providerId: null },
      ...{ from: 1_000, to: 2_000 },
    });
    expect(work?.orderedAt).toBeGreaterThanOrEqual(before - 1_000);
    const hold = { id, lease: work?.lease ?? '' };
    expect(await report(DOOR.transcriptDeletionProgress, hold)).toBe(204);
    expect(await report(DOOR.transcriptDeletionResult, { ...hold, lease: randomUUID(), tables: TABLES })).toBe(409);
    expect(await report(DOOR.transcriptDeletionResult, { ...hold, tables: [] })).toBe(400);
    expect(await report(DOOR.transcriptDeletionResult, { ...hold, tables: TABLES, bytesGoneAt: 3_000 })).toBe(204);
    expect(await report(DOOR.transcriptDeletionResult, { ...hold, tables: TABLES })).toBe(409);
    expect(await claim()).toBeNull();
    expect(await deletions.one(viewer, id)).toMatchObject({
      ...{ state: 'DONE', orderedBy: viewer.email, reason: 'She asked for it', tables: TABLES, problem: null },
      bytesGoneAt: new Date(3_000),
    });
    const trail = await plane.prisma.auditEntry.findMany({ where: { subject: id }, orderBy: { createdAt: 'asc' } });
    expect(trail.map(({ action, actor }) => [action, actor])).toEqual([
      ['transcript.delete', viewer.email],
      ['transcript.deleted', viewer.email],
    ]);
  });

  test('names every proxy and what was still on its disk; of a silent one nothing is taken for granted', async () => {
    const told = (proxyId: string, transcripts: object) =>
      tell(DOOR.heartbeat, {
        ...{ proxyId, snapshotVersion: 0, snapshotAgeMs: 0, inFlight: 0, journals: [] },
        transcripts: {
          recorded: 1,
          dropped: {},
          spoolBytes: 0,
          startedAtMs: 1_000,
          waitsSinceMs: null,
          ...transcripts,
        },
      });
    await plane.prisma.recordingReport.deleteMany();
    const waitsSinceMs = Date.now() - 180_000;
    await told('a-empty', {});
    await told('b-behind', { spoolBytes: 4_096, waitsSinceMs });
    await told('c-new', { startedAtMs: Date.now() });
    for (const [proxyId, spoolBytes] of [
      ['d-gone', 0],
      ['e-gone', 512],
    ] as const) {
      await told(proxyId, { spoolBytes });
      await plane.prisma
        .$executeRaw`UPDATE "RecordingReport" SET "seenAt" = now() - interval '1 h' WHERE "proxyId" = ${proxyId}`;
    }
    const { id } = await order({ user: 'ann' });
    expect((await deletions.one(viewer, id))?.spools).toBeNull();
    const work = await claim();
    expect(await report(DOOR.transcriptDeletionResult, { id, lease: work?.lease, tables: TABLES })).toBe(204);
    expect((await deletions.one(viewer, id))?.spools).toMatchObject([
      { proxyId: 'a-empty', state: 'empty', bytes: 0, waitsSince: null },
      { proxyId: 'b-behind', state: 'waiting', bytes: 4_096, waitsSince: new Date(waitsSinceMs) },
      { proxyId: 'c-new', state: 'starting', bytes: 0 },
      { proxyId: 'd-gone', state: 'silent', bytes: 0 },
      { proxyId: 'e-gone', state: 'silent', bytes: 512 },
    ]);
  });

  test('that a silent worker holds is handed to another, and the first is told no more', async () => {
    const { id } = await order({ appId: randomUUID() });
    const first = await claim();
    expect(await claim()).toBeNull();
    await plane.prisma
      .$executeRaw`UPDATE "TranscriptDeletion" SET "leaseUntil" = now() - interval '1 ms' WHERE "id" = ${id}::uuid`;
    const second = await claim();
    expect(second?.id).toBe(id);
    expect(await report(DOOR.transcriptDeletionProgress, { id, lease: first?.lease })).toBe(409);
    expect(await report(DOOR.transcriptDeletionFailure, { id, lease: second?.lease, problem: 'Broken.' })).toBe(204);
    expect(await deletions.one(viewer, id)).toMatchObject({ state: 'FAILED', problem: 'Broken.', tables: null });
    expect(await claim()).toBeNull();
  });

  test.each([
    [{}, 'SCOPE_MISSING'],
    [{ appId: 'shop' }, 'ID_INVALID'],
    [{ user: '' }, 'USER_INVALID'],
    [{ from: new Date(2), to: new Date(2) }, 'RANGE_INVALID'],
    [{ user: 'ann', reason: ' ' }, 'REASON_INVALID'],
  ])('%j is refused: %s', async (input, code) => {
    await expect(order(input)).rejects.toMatchObject({ code });
    expect(await claim()).toBeNull();
  });

  test('is seen in its project alone, newest first and page by page', async () => {
    const ids: string[] = [];
    for (const user of ['a', 'b', 'c']) ids.push((await order({ user })).id);
    const stranger = await plane.viewerOfNewProject('admin');
    expect(await deletions.one(stranger, ids[0] ?? '')).toBeNull();
    expect((await deletions.page(stranger, 10, null)).nodes).toEqual([]);
    const first = await deletions.page(viewer, 2, null);
    const second = await deletions.page(viewer, 2, first.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids.toReversed());
    expect([first.hasNextPage, second.hasNextPage]).toEqual([true, false]);
    await expect(deletions.page(viewer, 2, 'x')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

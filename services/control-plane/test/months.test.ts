import { migrate } from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MonthsService } from '../src/months/months.service.js';
import type { Viewer } from '../src/platform/viewer.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';
import { store } from './usage-rows.js';

let postgres: TestServer;
let clickhouse: ClickHouse;
let plane: Replica;
let months: MonthsService;
let viewer: Viewer;

beforeAll(async () => {
  [postgres, clickhouse] = await Promise.all([startPostgres(), startClickHouse()]);
  await migrate(clickhouse.url);
  plane = await startReplica(await postgres.createDatabase(), { CLICKHOUSE_URL: clickhouse.url });
  months = plane.app.get(MonthsService);
}, 60_000);
afterAll(async () => {
  await plane?.close();
  await Promise.all([postgres?.stop(), clickhouse?.stop()]);
});
beforeEach(async () => {
  viewer = await plane.viewerOfNewProject('finance');
});

const call = (at: string, usd: string | null) => ({ projectId: viewer.projectId, at: Date.parse(at), usd });
const stored = (...calls: readonly ReturnType<typeof call>[]) => store(clickhouse.url, [...calls]);
const refused = (code: string) => expect.objectContaining({ code });
const monthOf = async (name: string) => (await months.list(viewer)).find(({ month }) => month === name);

/** A restatement in the state it would have while it is being worked on. */
const restating = (
  state: 'READY' | 'BOOKING' | 'FAILED' | 'BOOKED',
  bookedBy: string | null,
  from: string,
  to: string,
) =>
  plane.prisma.restatement.create({
    data: {
      ...{ id: newId(), projectId: viewer.projectId, number: 1, kind: 'RERATE', state, reason: 'x', bookedBy },
      ...{ requestedBy: viewer.email, knownAt: new Date(), from: new Date(from), to: new Date(to) },
    },
  });

describe('the months of a project', () => {
  test('run from the first call to now, newest first, each with its own calls by UTC', async () => {
    await stored(
      call('2026-02-28T23:59:59.999Z', '0.25'),
      call('2026-03-01T00:00:00.000Z', '0.5'),
      call('2026-03-31T23:59:59.999Z', null),
    );
    const all = await months.list(viewer);
    expect(all.at(-1)).toMatchObject({ month: '2026-02', spend: '0.25', calls: 1, unpricedCalls: 0, state: 'OPEN' });
    expect(all.at(-2)).toMatchObject({ month: '2026-03', spend: '0.5', calls: 2, unpricedCalls: 1 });
    expect(all.at(-3)).toMatchObject({ month: '2026-04', spend: '0', calls: 0 });
    expect(all[0]?.month).toBe(new Date().toISOString().slice(0, 7));
  });

  test('are nobody else’s', async () => {
    await stored(call('2026-03-01T00:00:00Z', '0.5'));
    await months.close(viewer, '2026-03');
    const stranger = await plane.viewerOfNewProject('finance');
    expect((await months.list(stranger)).map(({ month }) => month)).toEqual([new Date().toISOString().slice(0, 7)]);
    await expect(months.reopen(stranger, '2026-03', 'Mine?')).rejects.toEqual(refused('MONTH_OPEN'));
  });
});

describe('closing', () => {
  test('keeps what the month said, whatever comes late', async () => {
    await stored(call('2026-03-05T00:00:00Z', '0.123456789012'));
    const closed = await months.close(viewer, '2026-03');
    expect(closed).toMatchObject({
      state: 'CLOSED',
      closedBy: viewer.email,
      spendAtClose: '0.123456789012',
      callsAtClose: 1,
    });
    await stored(call('2026-03-06T00:00:00Z', '1'));
    expect(await monthOf('2026-03')).toMatchObject({
      ...{ state: 'CLOSED', spend: '1.123456789012', calls: 2, spendAtClose: '0.123456789012', callsAtClose: 1 },
    });
    await expect(months.close(viewer, '2026-03')).rejects.toEqual(refused('MONTH_CLOSED'));
    await months.reopen(viewer, '2026-03', 'A late journal');
    expect(await months.close(viewer, '2026-03')).toMatchObject({ spendAtClose: '1.123456789012', callsAtClose: 2 });
  });

  test('is for months that are over', async () => {
    const now = new Date();
    const coming = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
    for (const name of [now.toISOString().slice(0, 7), coming]) {
      await expect(months.close(viewer, name)).rejects.toEqual(refused('MONTH_NOT_OVER'));
    }
    for (const name of ['2026-13', '2026-3', 'March', '1999-01', '']) {
      await expect(months.close(viewer, name)).rejects.toEqual(refused('MONTH_INVALID'));
    }
  });

  test.each([
    ['BOOKING', 'a@example.com'],
    ['FAILED', 'a@example.com'],
  ] as const)('waits for a booking that is %s in it', async (state, bookedBy) => {
    await restating(state, bookedBy, '2026-02-15T00:00:00Z', '2026-03-01T00:00:00.001Z');
    await expect(months.close(viewer, '2026-03')).rejects.toEqual(refused('BOOKING_IN_FLIGHT'));
    expect((await months.close(viewer, '2026-04')).state).toBe('CLOSED');
  });

  test.each([
    ['READY', null],
    ['FAILED', null],
    ['BOOKED', 'a@example.com'],
  ] as const)('does not wait for what is %s and books nothing more', async (state, bookedBy) => {
    await restating(state, bookedBy, '2026-02-15T00:00:00Z', '2026-04-15T00:00:00Z');
    expect((await months.close(viewer, '2026-03')).state).toBe('CLOSED');
  });

  test('ends before the first moment of the next month', async () => {
    await restating('BOOKING', 'a@example.com', '2026-04-01T00:00:00Z', '2026-05-01T00:00:00Z');
    expect((await months.close(viewer, '2026-03')).state).toBe('CLOSED');
    await expect(months.close(viewer, '2026-04')).rejects.toEqual(refused('BOOKING_IN_FLIGHT'));
  });
});

describe('reopening', () => {
  test('asks why, and says so for good', async () => {
    await months.close(viewer, '2026-03');
    await expect(months.reopen(viewer, '2026-03', ' ')).rejects.toEqual(refused('REASON_INVALID'));
    await months.reopen(viewer, '2026-03', '  A late invoice ');
    expect(await monthOf('2026-03')).toMatchObject({
      ...{ state: 'OPEN', reopenedBy: viewer.email, reopenReason: 'A late invoice', closedBy: viewer.email },
    });
    await expect(months.reopen(viewer, '2026-03', 'Again')).rejects.toEqual(refused('MONTH_OPEN'));
    const entries = await plane.prisma.auditEntry.findMany({
      where: { projectId: viewer.projectId },
      orderBy: { createdAt: 'asc' },
    });
    expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      ...['month.close 2026-03', 'month.reopen 2026-03'],
    ]);
  });
});

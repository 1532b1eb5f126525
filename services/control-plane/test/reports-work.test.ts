import { migrate } from '@weir/clickhouse';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../src/platform/config.js';
import { ReportClaims } from '../src/reports/work/claims.service.js';
import { HoldLost } from '../src/reports/work/hold.js';
import { startControlPlane } from '../src/server.js';
import { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type Between, standBetween } from './reports/between.js';
import { download, look, order, ordered, ready, until } from './reports/desk.js';
import { manyCalls } from './reports/many-calls.js';
import { type System, startSystem } from './system.js';

const RANGE = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
const CALLS = 12_000;
const WIDE = { range: RANGE, interval: 'hour', dimensions: ['app'] };

/** Several files are made in a test, one of them by a replica that first waits for the lease of another to end. */
vi.setConfig({ testTimeout: 180_000 });

let clickhouse: ClickHouse;
let between: Between;
let system: System;
let projectId: string;
let finance: Caller;
let admin: Caller;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  between = await standBetween(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: between.url, WEIR_REPORTS_UNDER_WAY: '2', WEIR_REPORT_MAX_MIB: '16' });
  projectId = await system.makeProject();
  finance = await system.signedIn(projectId, 'finance');
  admin = await system.signedIn(projectId, 'admin');
  await manyCalls(clickhouse.url, projectId, new Date(RANGE.from), CALLS);
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await between?.close();
  await clickhouse?.stop();
});

afterEach(async () => {
  between.mend();
  await system.prisma.usageReport.deleteMany();
});

const piecesOf = (reportId: string) => system.prisma.usageReportPiece.count({ where: { reportId } });
const bytesOf = async (id: string) => {
  const { downloadUrl } = await ready(finance, id);
  return (await download(system.control.url, downloadUrl ?? '', finance)).body;
};

/** A report that has some rows, and whose next ones do not come. */
async function halfway(format: 'csv' | 'parquet' = 'csv'): Promise<string> {
  // Parquet is packed, and comes at the end of the reading.
  const stalled = between.stallAfter(format === 'csv' ? 1_500_000 : 20_000);
  const id = await ordered(finance, { ...WIDE, format });
  await stalled;
  if (format === 'csv') await until(finance, id, ({ rows }) => rows > 0);
  return id;
}

describe('while ClickHouse is away', () => {
  it('a report waits, says so, and goes on where it was: the file is the same as without', async () => {
    const id = await halfway();
    between.cut();
    const waiting = await until(finance, id, ({ problem }) => problem !== null);
    expect(waiting).toMatchObject({ state: 'running', problem: expect.stringContaining('goes on by itself') });
    const { rows, bytes } = waiting;
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(CALLS);
    const kept = await system.prisma.usageReportPiece.findMany({ where: { reportId: id }, orderBy: { number: 'asc' } });
    between.mend();
    const file = await bytesOf(id);
    expect(await look(finance, id)).toMatchObject({ rows: CALLS, progress: 1, problem: null });
    // What was there is there still, not made again.
    expect(Buffer.concat(kept.map(({ body }) => Buffer.from(body))).equals(file.subarray(0, bytes))).toBe(true);
    expect(file.equals(await bytesOf(await ordered(finance, WIDE)))).toBe(true);
  });

  it('for longer than a report has patience, it fails and says what to do', async () => {
    const impatient = await startSystem({ WEIR_REPORT_PATIENCE_SECONDS: '1' });
    try {
      const caller = await impatient.signedIn(await impatient.makeProject(), 'finance');
      const id = await ordered(caller, WIDE);
      const { problem, downloadUrl } = await until(caller, id, ({ state }) => state === 'failed');
      expect(problem).toBe(
        'The usage store (ClickHouse) did not answer for 1 s. Ask the operator whether it runs, then order the report again.',
      );
      expect(downloadUrl).toBeNull();
    } finally {
      await impatient.stop();
    }
  });
});

describe('a report that is cancelled', () => {
  it('halfway is not gone on with, asks nothing more, and leaves no bytes', async () => {
    const id = await halfway();
    expect(between.held()).toBe(1);
    const answer = await finance.ask('mutation ($id: ID!) { cancelUsageReport(id: $id) { state downloadUrl } }', {
      id,
    });
    expect(answer.data).toEqual({ cancelUsageReport: { state: 'cancelled', downloadUrl: null } });
    expect(await piecesOf(id)).toBe(0);
    await vi.waitFor(() => expect(between.held()).toBe(0), { timeout: 20_000 });
    between.mend();
    // The next one is made: nobody is stuck with the first.
    await ready(finance, await ordered(finance, { ...WIDE, interval: 'total', dimensions: [] }));
    expect(await piecesOf(id)).toBe(0);
    expect(await look(finance, id)).toMatchObject({ state: 'cancelled' });
  });

  it('when it is ready loses its file; only who ordered it and admins may', async () => {
    const id = await ordered(finance, { ...WIDE, dimensions: [] });
    await ready(finance, id);
    const cancel = 'mutation ($id: ID!) { cancelUsageReport(id: $id) { state } }';
    const other = await system.signedIn(projectId, 'finance');
    expect((await other.ask(cancel, { id })).codes).toEqual(['REPORT_OF_ANOTHER']);
    expect(await piecesOf(id)).toBeGreaterThan(0);
    expect((await admin.ask(cancel, { id })).data).toEqual({ cancelUsageReport: { state: 'cancelled' } });
    expect(await piecesOf(id)).toBe(0);
    const entries = await system.prisma.auditEntry.findMany({
      where: { projectId, detail: { path: ['id'], equals: id } },
    });
    expect(entries.map(({ action }) => action).sort()).toEqual(['report.cancel', 'report.create']);
  });
});

describe('quotas', () => {
  it('hold for reports under way, also when two are ordered at once', async () => {
    await halfway();
    const answers = await Promise.all([1, 2, 3].map(() => order(finance, WIDE)));
    expect(answers.map(({ codes }) => codes[0] ?? 'taken').sort()).toEqual([
      'REPORTS_WAITING',
      'REPORTS_WAITING',
      'taken',
    ]);
    const other = await system.signedIn(await system.makeProject(), 'finance');
    expect((await order(other, WIDE)).codes).toEqual([]);
  });

  it('hold for the size of a file and of all files: what is over says so and leaves nothing', async () => {
    const small = await startControlPlane(
      loadConfig({
        ...system.env,
        WEIR_REPORT_MAX_MIB: '1',
        WEIR_REPORT_PROJECT_MIB: '2',
        CLICKHOUSE_URL: clickhouse.url,
      }),
    );
    // Whatever the other replica takes up first, it cannot read, and gives back.
    between.cut();
    try {
      const caller = new Caller(small.url);
      caller.cookie = finance.cookie;
      const id = await ordered(caller, WIDE);
      const { problem } = await until(caller, id, ({ state }) => state === 'failed');
      expect(problem).toContain('bigger than the 1 MiB');
      expect(await piecesOf(id)).toBe(0);
      const full = await system.prisma.usageReport.create({
        data: {
          ...{
            projectId,
            state: 'ready',
            format: 'csv',
            interval: 'day',
            timeZone: 'UTC',
            fileName: 'x.csv',
            slices: 1,
          },
          ...{ from: new Date(0), to: new Date(1), asOf: new Date(), createdBy: 'x', bytes: 2 * 1_048_576 },
          ...{ readyAt: new Date(), expiresAt: new Date(Date.now() + 60_000) },
        },
      });
      expect((await order(caller, WIDE)).codes).toEqual(['REPORT_SPACE_FULL']);
      await caller.ask('mutation ($id: ID!) { cancelUsageReport(id: $id) { state } }', { id: full.id });
      await admin.ask('mutation ($id: ID!) { cancelUsageReport(id: $id) { state } }', { id: full.id });
      expect((await order(caller, { ...WIDE, dimensions: [] })).codes).toEqual([]);
    } finally {
      await small.stop();
    }
  });
});

describe('a replica that ends', () => {
  it.each(['csv', 'parquet'] as const)('in the middle of a %s file leaves the rest to another', async (format) => {
    const id = await halfway(format);
    between.cut();
    const second = await startControlPlane(loadConfig({ ...system.env, CLICKHOUSE_URL: clickhouse.url }));
    try {
      const { state } = await ready(finance, id);
      expect(state).toBe('ready');
      const { sha256 } = await look(finance, id);
      between.mend();
      const again = await ready(finance, await ordered(finance, { ...WIDE, format }));
      expect(again.rows).toBe(CALLS);
      // Two Parquet files of the same rows may differ in how they are packed; text may not.
      if (format === 'csv') expect(again.sha256).toBe(sha256);
    } finally {
      await second.stop();
    }
  });

  it('and comes back late can write nothing any more', async () => {
    between.cut();
    const claims = system.control.app.get(ReportClaims);
    const { id } = await system.prisma.usageReport.create({
      data: {
        ...{ projectId, format: 'csv', interval: 'day', timeZone: 'UTC', fileName: 'x.csv', slices: 1 },
        ...{ from: new Date(0), to: new Date(1), asOf: new Date(), createdBy: 'x', createdAt: new Date(0) },
      },
    });
    const first = await claims.claim();
    expect(first?.report.id).toBe(id);
    await first?.append(Buffer.from('one'), { rows: 1 });
    // Nobody renewed it in time.
    await system.prisma.usageReport.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    const second = await vi.waitFor(async () => {
      const hold = await claims.claim();
      if (hold?.report.id !== id) throw new Error('not yet');
      return hold;
    });
    await expect(first?.append(Buffer.from('two'), { rows: 1 })).rejects.toBeInstanceOf(HoldLost);
    await expect(first?.finish('x')).rejects.toBeInstanceOf(HoldLost);
    await second.append(Buffer.from('2'), { rows: 1 });
    const pieces = await system.prisma.usageReportPiece.findMany({
      where: { reportId: id },
      orderBy: { number: 'asc' },
    });
    expect(pieces.map(({ start, body }) => [Number(start), Buffer.from(body).toString()])).toEqual([
      [0, 'one'],
      [3, '2'],
    ]);
    await second.fail('over');
  });
});

import { createHash } from 'node:crypto';
import { migrate } from '@weir/clickhouse';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Housekeeping } from '../src/platform/housekeeping.js';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type Downloaded, download, look, ordered, type Report, ready } from './reports/desk.js';
import { manyCalls } from './reports/many-calls.js';
import { type System, startSystem } from './system.js';

const RANGE = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' };
const CALLS = 20_000;

interface Made {
  readonly secret: string;
  readonly token: { readonly id: string };
}

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let viewer: Caller;
let report: Report;
let whole: Downloaded;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
  projectId = await system.makeProject();
  viewer = await system.signedIn(projectId, 'viewer');
  await manyCalls(clickhouse.url, projectId, new Date(RANGE.from), CALLS);
  report = await ready(viewer, await ordered(viewer, { range: RANGE, dimensions: ['app'] }));
  whole = await fetched();
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

const fetched = (headers: Record<string, string> = {}, options: Parameters<typeof download>[4] = {}) =>
  download(system.control.url, report.downloadUrl ?? '', viewer, headers, options);

describe('a download', () => {
  it('of a file of several pieces is the file that was made', async () => {
    expect(report.rows).toBe(CALLS);
    expect(await system.prisma.usageReportPiece.count({ where: { reportId: report.id } })).toBeGreaterThan(3);
    expect(whole.body.length).toBe(report.bytes);
    expect(createHash('sha256').update(whole.body).digest('hex')).toBe(report.sha256);
  });

  it('of any part is that part, byte for byte', async () => {
    const size = whole.body.length;
    const ends = fc.tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 0, max: size + 9 }));
    await fc.assert(
      fc.asyncProperty(ends, async ([a, b]) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const { status, headers, body } = await fetched({ range: `bytes=${first}-${last}` });
        expect(status).toBe(206);
        expect(headers['content-range']).toBe(`bytes ${first}-${Math.min(last, size - 1)}/${size}`);
        expect(headers['content-length']).toBe(String(body.length));
        expect(body.equals(whole.body.subarray(first, last + 1))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('that broke off goes on where it was, with the very same file', async () => {
    const begun = await fetched({}, { stopAfterBytes: 700_000 });
    expect(begun.body.length).toBeLessThan(whole.body.length);
    const rest = await fetched({ range: `bytes=${begun.body.length}-`, 'if-range': String(begun.headers.etag) });
    expect(rest.status).toBe(206);
    expect(Buffer.concat([begun.body, rest.body]).equals(whole.body)).toBe(true);
  });

  it('begins anew where the part that is kept is of another file', async () => {
    const answer = await fetched({ range: 'bytes=5-', 'if-range': '"another"' });
    expect([answer.status, answer.body.equals(whole.body)]).toEqual([200, true]);
  });

  it('of what is not there, of what is known, and of nothing but the headers', async () => {
    const beyond = await fetched({ range: `bytes=${whole.body.length}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${whole.body.length}`]);
    const known = await fetched({ 'if-none-match': String(whole.headers.etag) });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    const head = await fetched({}, { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(report.bytes), 0]);
  });

  it('by a page of another site, or by another method, gets nothing a page could read', async () => {
    expect(whole.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(whole.headers['access-control-allow-origin']).toBeUndefined();
    const posted = await fetched({}, { method: 'POST' });
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('who may', () => {
  it('every role of the project, nobody else', async () => {
    const path = report.downloadUrl ?? '';
    const from = (caller: Pick<Caller, 'cookie'>) => download(system.control.url, path, caller);
    for (const role of ['admin', 'finance', 'engineer', 'viewer'] as const) {
      expect((await from(await system.signedIn(projectId, role))).status).toBe(200);
    }
    const stranger = await from(await system.signedIn(await system.makeProject(), 'admin'));
    const madeUp = await download(system.control.url, path.replace(/[0-9a-f]{4}\//, '0000/'), viewer);
    expect([stranger.status, madeUp.status]).toEqual([404, 404]);
    const said = (body: Buffer) => body.toString().replace(/"requestId":"[^"]*"/, '');
    expect(said(stranger.body)).toBe(said(madeUp.body));
    expect((await from({ cookie: null })).status).toBe(401);
    expect((await from({ cookie: `__Host-weir_session=${'x'.repeat(43)}` })).status).toBe(401);
  });

  it('a script with a read token, until that is revoked', async () => {
    const made = await (await system.signedIn(projectId, 'finance')).ask(
      'mutation { createApiToken(input: { name: "nightly" }) { secret token { id } } }',
    );
    expect(made.codes, made.text).toEqual([]);
    const { secret = '', token } = (made.data?.createApiToken ?? {}) as Partial<Made>;
    const asScript = (value: string) =>
      download(system.control.url, report.downloadUrl ?? '', { cookie: null }, { authorization: `Bearer ${value}` });
    const got = await asScript(secret);
    expect([got.status, got.body.equals(whole.body)]).toEqual([200, true]);
    await system.prisma.apiToken.update({ where: { id: token?.id ?? '' }, data: { revokedAt: new Date() } });
    const after = await asScript(secret);
    expect([after.status, after.body.toString()]).toEqual([401, expect.stringContaining('was revoked')]);
    expect((await asScript('weirread_made-up')).status).toBe(401);
  });

  it('a member who was removed no longer', async () => {
    const leaver = await system.signedIn(projectId, 'finance');
    const member = await system.prisma.member.findFirstOrThrow({ where: { projectId }, orderBy: { id: 'desc' } });
    await system.prisma.member.delete({ where: { id: member.id } });
    expect((await download(system.control.url, report.downloadUrl ?? '', leaver)).status).toBe(401);
  });
});

describe('a file past its time', () => {
  it('is gone at once, and its bytes with the next tidying', async () => {
    const id = await ordered(viewer, { range: RANGE, interval: 'total', dimensions: [] });
    const { downloadUrl, expiresAt } = await ready(viewer, id);
    const keptHours = (Date.parse(expiresAt ?? '') - Date.now()) / 3_600_000;
    expect(keptHours).toBeGreaterThan(167.9);
    expect(keptHours).toBeLessThan(168.1);
    await system.prisma.usageReport.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await look(viewer, id)).toMatchObject({ state: 'expired', downloadUrl: null });
    const late = await download(system.control.url, downloadUrl ?? '', viewer);
    expect([late.status, JSON.parse(late.body.toString()).errors[0].extensions.code]).toEqual([410, 'REPORT_EXPIRED']);
    await system.control.app.get(Housekeeping).run();
    expect(await system.prisma.usageReportPiece.count({ where: { reportId: id } })).toBe(0);
    expect(await look(viewer, id)).toMatchObject({ state: 'expired' });
    expect((await fetched()).status).toBe(200);
  });
});

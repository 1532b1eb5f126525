import { get, type IncomingMessage, request } from 'node:http';
import { DOOR, digestToken, doorNotice, newId, packedPriceBook, snapshot, unpackPriceBook } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppsService } from '../src/apps/apps.service.js';
import { TokensService } from '../src/apps/tokens.service.js';
import { PrismaService } from '../src/platform/prisma.service.js';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { Publisher } from '../src/publishing/publisher.service.js';
import { RecordingStateService } from '../src/transcripts/recording/recording-state.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { logged, type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let databaseUrl: string;
let plane: Replica;
let viewer: Viewer;
const ALLOWED = { WEIR_ALLOWED_HOSTS: '10.0.0.1:8000' };

beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = await postgres.createDatabase();
  plane = await startReplica(databaseUrl, ALLOWED);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly body: string;
}

function ask(path: string, headers: Record<string, string> = {}, replica = plane): Promise<Answer> {
  const authorization = `Bearer ${replica.config.masterKey.doorToken}`;
  return new Promise((resolve, reject) => {
    get(replica.internalUrl + path, { headers: { authorization, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, etag: String(response.headers.etag), body });
      });
    }).on('error', reject);
  });
}

function post(path: string, body: string): Promise<number> {
  const { promise, resolve, reject } = deferred<number>();
  const headers = { authorization: `Bearer ${plane.config.masterKey.doorToken}`, 'content-type': 'application/json' };
  const sent = request(plane.internalUrl + path, { method: 'POST', headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode ?? 0));
  });
  sent.on('error', reject).end(body);
  return promise;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const theSnapshot = async (replica = plane) => snapshot.parse(JSON.parse((await ask(DOOR.snapshot, {}, replica)).body));

function create(name: string, input = {}) {
  const settings = { name, displayName: name, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000', ...input };
  return plane.app.get(ProvidersService).create(viewer, settings);
}

async function newToken() {
  const app = await plane.app.get(AppsService).create(viewer, { name: 'shop', environment: 'staging' });
  return plane.app.get(TokensService).create(viewer, { appId: app.id, name: 'first' });
}

describe('the snapshot', () => {
  test('holds a change as soon as its mutation has answered', async () => {
    await create('alpha', { secretId: 'KEY', secretValue: 'canary-value', models: ['m'], environments: ['staging'] });
    const { token, value } = await newToken();
    const { providers, tokens, allowedHosts } = await theSnapshot();
    expect(allowedHosts).toEqual(['10.0.0.1:8000']);
    expect(providers.find(({ projectId }) => projectId === viewer.projectId)).toMatchObject({
      name: 'alpha',
      enabled: true,
      models: ['m'],
      environments: ['staging'],
      credentialKind: 'api_key',
      credentials: { api_key: { secretId: 'KEY', version: 1, origin: 'http://10.0.0.1:8000' } },
    });
    expect(tokens.find(({ id }) => id === token.id)).toMatchObject({
      publicId: token.publicId,
      digest: digestToken(plane.config.masterKey, value),
      environment: 'staging',
      app: 'shop',
      providers: null,
    });
  });

  test('drops revoked tokens and deleted providers, keeps disabled ones', async () => {
    await create('alpha');
    await create('beta');
    const { token } = await newToken();
    const service = plane.app.get(ProvidersService);
    await service.setEnabled(viewer, 'alpha', false);
    await service.delete(viewer, 'beta', 'beta');
    await plane.app.get(TokensService).revoke(viewer, token.id);
    const { providers, tokens } = await theSnapshot();
    const mine = providers.filter(({ projectId }) => projectId === viewer.projectId);
    expect(mine).toMatchObject([{ name: 'alpha', enabled: false, credentialKind: 'none', credentials: {} }]);
    expect(tokens.filter(({ projectId }) => projectId === viewer.projectId)).toEqual([]);
  });

  test('is not published anew when nothing changed', async () => {
    const before = await theSnapshot();
    await plane.app.get(Publisher).publishSnapshot();
    expect((await theSnapshot()).version).toBe(before.version);
  });

  test('rises by one at a time under fifty changes from two replicas, each version whole and the last complete', async () => {
    const second = await startReplica(databaseUrl, ALLOWED);
    try {
      const { version } = await theSnapshot();
      const names = Array.from({ length: 50 }, (_, index) => `p-${index}`);
      const replicas = [plane, second];
      await Promise.all(
        names.map((name, index) =>
          replicas[index % 2]?.app.get(ProvidersService).create(viewer, {
            name,
            displayName: name,
            type: 'openai_compatible',
            baseUrl: 'http://10.0.0.1:8000',
          }),
        ),
      );
      for (const replica of replicas) {
        const { providers, version: last } = await theSnapshot(replica);
        expect(last).toBeGreaterThan(version);
        const mine = providers.filter(({ projectId }) => projectId === viewer.projectId);
        expect(mine.map(({ name }) => name).sort()).toEqual(names.toSorted());
      }
      const kept = await plane.prisma.publication.findMany({
        where: { kind: 'snapshot' },
        orderBy: { version: 'asc' },
      });
      expect(kept).toHaveLength(5);
      const [first] = kept;
      expect(kept.map((row) => row.version)).toEqual(kept.map((_, index) => (first?.version ?? 0) + index));
      const sizes = kept.map(({ content }) => snapshot.parse(content).providers.length);
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
      expect(logged.filter((line) => line.includes('waits to be published'))).toEqual([]);
    } finally {
      await second.close();
    }
  });

  test('of a change whose process died before publishing is published by the next start', async () => {
    const { version } = await theSnapshot();
    const id = crypto.randomUUID();
    const { projectId } = viewer;
    await plane.prisma.provider.create({
      data: {
        id,
        projectId,
        name: 'orphan',
        displayName: 'O',
        type: 'openai_compatible',
        baseUrl: 'http://10.0.0.1:8000',
        credentialKind: 'none',
      },
    });
    const next = await startReplica(databaseUrl, ALLOWED);
    try {
      const published = await theSnapshot(next);
      expect(published.version).toBe(version + 1);
      expect(published.providers.some((provider) => provider.id === id)).toBe(true);
    } finally {
      await next.close();
    }
  });

  test('leaves out a row no proxy could read, says so, and keeps publishing', async () => {
    await create('broken');
    await plane.prisma
      .$executeRaw`UPDATE "Provider" SET type = 'nonsense' WHERE "projectId" = ${viewer.projectId}::uuid`;
    await create('fine');
    const { providers } = await theSnapshot();
    const mine = providers.filter(({ projectId }) => projectId === viewer.projectId);
    expect(mine.map(({ name }) => name)).toEqual(['fine']);
    expect(logged.join('\n')).toContain('is left out of the snapshot: its type is not valid');
  });
});

describe('the door', () => {
  test.each([DOOR.snapshot, DOOR.priceBook, DOOR.notices])('%s demands the door token', async (path) => {
    for (const authorization of ['', 'Bearer ', 'Bearer wrong', plane.config.masterKey.doorToken, 'Basic eDp5']) {
      expect(await ask(path, { authorization })).toMatchObject({ status: 401 });
    }
  });

  test.each([DOOR.snapshot, DOOR.priceBook])('%s answers 304 until it changes', async (path) => {
    const first = await ask(path);
    expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^"\d+-[0-9a-f]{16}"$/) });
    for (const tag of [first.etag, `W/${first.etag}`, `"other", ${first.etag}`, '*']) {
      expect(await ask(path, { 'if-none-match': tag })).toMatchObject({ status: 304, body: '' });
    }
    expect(await ask(path, { 'if-none-match': '"other"' })).toMatchObject({ status: 200 });
  });

  test('a snapshot tag no longer matches after a change', async () => {
    const { etag } = await ask(DOOR.snapshot);
    await create('alpha');
    expect(await ask(DOOR.snapshot, { 'if-none-match': etag })).toMatchObject({ status: 200 });
  });

  test('the price book prices models and holds overrides', async () => {
    const book = unpackPriceBook(packedPriceBook.parse(JSON.parse((await ask(DOOR.priceBook)).body)));
    expect(book.versions).toMatchObject([{ effectiveFrom: 0 }]);
    expect(book.vendors.openai).toEqual(['openai']);
    expect(book.versions[0]?.entries.some(({ vendor, model }) => vendor === 'openai' && model === 'gpt-4o')).toBe(true);

    const { projectId, accountId } = viewer;
    const override = {
      ...{ overrideId: newId(), projectId, provider: 'alpha', model: 'm', rates: { input: '0' } },
      ...{ createdBy: accountId, knownFrom: new Date() },
    };
    await plane.prisma.priceOverride.create({ data: override });
    await plane.app.get(Publisher).publishPriceBook();
    const next = unpackPriceBook(packedPriceBook.parse(JSON.parse((await ask(DOOR.priceBook)).body)));
    expect(next.version).toBe(book.version + 1);
    expect(next.overrides).toMatchObject([{ projectId, provider: 'alpha', model: 'm', rates: { input: '0' } }]);
  });

  test('a later start with the same catalog adds no price version', async () => {
    const again = await startReplica(databaseUrl, ALLOWED);
    await again.close();
    expect(await plane.prisma.priceVersion.count()).toBe(1);
  });
});

describe('notices', () => {
  async function listen(replica: Replica) {
    const { promise, resolve } = deferred<IncomingMessage>();
    const headers = { authorization: `Bearer ${replica.config.masterKey.doorToken}` };
    const sent = get(replica.internalUrl + DOOR.notices, { headers }, resolve);
    const response = await promise;
    const versions: number[] = [];
    response.setEncoding('utf8').on('data', (text: string) => {
      for (const [, data] of text.matchAll(/^data: (.*)$/gm)) {
        versions.push(doorNotice.parse(JSON.parse(data ?? '')).snapshotVersion);
      }
    });
    return { versions, type: response.headers['content-type'], response, stop: () => sent.destroy() };
  }

  test('whoever connects learns the present version at once', async () => {
    const { version } = await theSnapshot();
    const { versions, type, stop } = await listen(plane);
    await expect.poll(() => versions).toEqual([version]);
    expect(type).toContain('text/event-stream');
    stop();
  });

  test('a revocation is told by the replica that made it and by every other', async () => {
    const second = await startReplica(databaseUrl, ALLOWED);
    const listeners = [await listen(plane), await listen(second)];
    const { token } = await newToken();
    await plane.app.get(TokensService).revoke(viewer, token.id);
    const { version, tokens } = await theSnapshot();
    expect(tokens.some(({ id }) => id === token.id)).toBe(false);
    for (const { versions } of listeners) {
      await expect.poll(() => versions.at(-1), { interval: 20, timeout: 2_000 }).toBe(version);
    }
    for (const { stop } of listeners) stop();
    await second.close();
  });

  test('an open stream does not keep the control plane from stopping', async () => {
    const second = await startReplica(databaseUrl, ALLOWED);
    const { response } = await listen(second);
    response.on('error', () => undefined);
    const ended = new Promise((resolve) => response.once('close', resolve));
    await second.close();
    await ended;
  });
});

describe('heartbeats', () => {
  const beat = (journalId: string, counts: object, proxyId = 'proxy-1', snapshotVersion = 1) =>
    post(
      DOOR.heartbeat,
      JSON.stringify({
        proxyId,
        snapshotVersion,
        snapshotAgeMs: 10,
        inFlight: 2,
        journals: [{ journalId, ...counts }],
      }),
    );
  const journal = (journalId: string) => plane.prisma.journal.findUniqueOrThrow({ where: { journalId } });

  test('are kept by journal, and never turn counts back', async () => {
    const journalId = crypto.randomUUID();
    expect(await beat(journalId, { appended: 10, confirmed: 7, quarantined: 1 })).toBe(204);
    expect(await beat(journalId, { appended: 9, confirmed: 8, quarantined: 0 }, 'proxy-2')).toBe(204);
    expect(await journal(journalId)).toMatchObject({
      proxyId: 'proxy-2',
      appended: 10n,
      confirmed: 8n,
      quarantined: 1n,
    });
  });

  test('of many processes at once are all kept', async () => {
    const ids = Array.from({ length: 40 }, () => crypto.randomUUID());
    const counts = { appended: 1, confirmed: 1, quarantined: 0 };
    await Promise.all(ids.map((journalId, index) => beat(journalId, counts, `many-${index}`)));
    expect(await plane.prisma.journal.count({ where: { journalId: { in: ids } } })).toBe(40);
  });

  test('of a proxy that is ahead of a restored database make the numbering jump past it, once', async () => {
    const { version } = await theSnapshot();
    const counts = { appended: 1, confirmed: 1, quarantined: 0 };
    expect(await beat('restored', counts, 'ahead', version + 40)).toBe(204);
    expect(await beat('restored', counts, 'ahead', version + 40)).toBe(204);
    expect((await theSnapshot()).version).toBe(version + 41);
    await create('later');
    expect((await theSnapshot()).version).toBe(version + 42);
    expect(await beat('restored', counts, 'mad', Number.MAX_SAFE_INTEGER)).toBe(204);
    expect((await theSnapshot()).version).toBe(version + 42);
  });

  describe('of proxies that record calls', () => {
    const state = () => new RecordingStateService(plane.app.get(PrismaService)).read();
    const told = { recorded: 9, dropped: {}, spoolBytes: 0, spoolMaxBytes: 1_000, waitsSinceMs: null };
    const tell = (proxyId: string, startedAtMs: number | undefined, over: object = {}) => {
      const transcripts = { ...told, startedAtMs, ...over };
      const idle = { snapshotVersion: 1, snapshotAgeMs: 0, inFlight: 0, journals: [] };
      return post(DOOR.heartbeat, JSON.stringify({ ...idle, proxyId, transcripts }));
    };
    beforeEach(async () => {
      await plane.prisma.recordingReport.deleteMany();
      await plane.prisma.recordingDrop.deleteMany();
    });

    test('say how far storing is behind; one that is silent is remembered while something waits on its disk', async () => {
      expect(await state()).toMatchObject({ proxies: [], dropped: [] });
      await beat('plain', { appended: 1, confirmed: 1, quarantined: 0 });
      expect((await state()).proxies).toEqual([]);
      await tell('a', 5_000);
      await tell('b', undefined, { spoolBytes: 700, spoolMaxBytes: undefined, waitsSinceMs: 60_000 });
      const figures = ({ proxies }: Awaited<ReturnType<typeof state>>) =>
        proxies.map((proxy) => [proxy.proxyId, proxy.isReporting, proxy.tellsDrops, proxy.spoolBytes]);
      expect(figures(await state())).toEqual([
        ['a', true, true, 0],
        ['b', true, false, 700],
      ]);
      expect((await state()).proxies[1]).toMatchObject({ spoolMaxBytes: null, waitsSince: new Date(60_000) });
      await plane.prisma.recordingReport.updateMany({ data: { seenAt: new Date(Date.now() - 60_000) } });
      expect(figures(await state())).toEqual([['b', false, false, 700]]);
      await plane.prisma.recordingReport.updateMany({ data: { seenAt: new Date(Date.now() - 8 * 86_400_000) } });
      expect(await state()).toMatchObject({ proxies: [] });
    });

    test('say what they dropped: once each however often told, over restarts, for a day', async () => {
      const drops = async () => (await state()).dropped.map(({ reason, calls }) => [reason, Number(calls)]);
      await tell('a', 5_000, { dropped: { spool_full: 3, disk: 1 } });
      await Promise.all([3, 3, 2].map((calls) => tell('a', 5_000, { dropped: { spool_full: calls, disk: 1 } })));
      await tell('b', 5_000, { dropped: { disk: 1 } });
      expect(await drops()).toEqual([
        ['spool_full', 3],
        ['disk', 2],
      ]);
      // Hours later: those of before are not counted once more.
      const longAgo = { firstAt: new Date(1_000), lastAt: new Date(1_000), hour: new Date(0) };
      await plane.prisma.recordingDrop.updateMany({ data: longAgo });
      await tell('a', 5_000, { dropped: { spool_full: 3, disk: 1 } });
      expect(await drops()).toEqual([]);
      await tell('a', 5_000, { dropped: { spool_full: 7, disk: 1 } });
      expect(await drops()).toEqual([['spool_full', 4]]);
      await tell('a', 6_000, { dropped: { spool_full: 2 } });
      expect(await drops()).toEqual([['spool_full', 6]]);
    });
  });

  test.each(['', '{', '{}', '[]', '{"proxyId":"x","snapshotVersion":"1"}'])('%j is refused', async (body) => {
    expect(await post(DOOR.heartbeat, body)).toBe(400);
  });
});

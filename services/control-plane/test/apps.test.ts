import { digestToken, publicIdOf } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppsService } from '../src/apps/apps.service.js';
import { TokensService } from '../src/apps/tokens.service.js';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let apps: AppsService;
let tokens: TokensService;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), { WEIR_ALLOWED_HOSTS: '10.0.0.1:8000' });
  apps = plane.app.get(AppsService);
  tokens = plane.app.get(TokensService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

const newApp = (name = 'shop') => apps.create(viewer, { name, environment: 'production' });
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('an app', () => {
  test('lives in an environment of its project', async () => {
    const app = await newApp(' shop ');
    expect(app).toMatchObject({ name: 'shop', environment: { name: 'production' }, tokens: [] });
    expect(await apps.get(viewer, app.id)).toEqual(app);
    expect(await apps.list(viewer)).toEqual([app]);
    await expect(apps.create(viewer, { name: 'x', environment: 'moon' })).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNKNOWN',
      detail: { field: 'environment' },
    });
  });

  test.each(['', '  ', 'two\nlines', 'a\u0000b', 'x'.repeat(254)])('is not called %j', async (name) => {
    await expect(newApp(name)).rejects.toMatchObject({ code: 'NAME_INVALID', detail: { field: 'name' } });
  });

  test('has a name of its own, also when made ten times at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => newApp()));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'NAME_TAKEN' } });
  });

  test('takes its tokens with it, once its name was typed', async () => {
    const app = await newApp();
    const { token } = await tokens.create(viewer, { appId: app.id, name: 't' });
    await expect(apps.delete(viewer, app.id, 'shp')).rejects.toMatchObject({ code: 'CONFIRMATION_DIFFERS' });
    expect(await apps.delete(viewer, app.id, 'shop')).toBe(true);
    expect(await apps.get(viewer, app.id)).toBeNull();
    await expect(tokens.revoke(viewer, token.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('of another project does not exist', async () => {
    const app = await newApp();
    const { token } = await tokens.create(viewer, { appId: app.id, name: 't' });
    const stranger = await plane.viewerOfNewProject();
    const notFound = { code: 'NOT_FOUND' };
    expect(await apps.get(stranger, app.id)).toBeNull();
    expect(await apps.list(stranger)).toEqual([]);
    await expect(apps.delete(stranger, app.id, 'shop')).rejects.toMatchObject(notFound);
    await expect(tokens.create(stranger, { appId: app.id, name: 't' })).rejects.toMatchObject(notFound);
    await expect(tokens.revoke(stranger, token.id)).rejects.toMatchObject(notFound);
    for (const id of ['', 'x', "' OR 1=1"]) {
      expect(await apps.get(viewer, id)).toBeNull();
      await expect(tokens.revoke(viewer, id)).rejects.toMatchObject(notFound);
    }
  });
});

describe('a token', () => {
  test('is shown once; what is stored recognises it and cannot be turned back', async () => {
    const app = await newApp();
    const { token, value } = await tokens.create(viewer, { appId: app.id, name: 'first' });
    expect(publicIdOf(value)).toBe(token.publicId);
    expect(token).toMatchObject({ name: 'first', allProviders: true, providers: [], state: 'active', expiresAt: null });
    const row = await plane.prisma.token.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.digest).toBe(digestToken(plane.config.masterKey, value));
    const stored = JSON.stringify([row, await plane.prisma.auditEntry.findMany(), await apps.list(viewer)]);
    expect(stored).not.toContain(value.slice(20, 40));
  });

  test('is narrowed to providers that exist', async () => {
    const app = await newApp();
    for (const name of ['alpha', 'gone']) {
      const settings = { name, displayName: name, type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' };
      await plane.app.get(ProvidersService).create(viewer, settings);
    }
    await plane.app.get(ProvidersService).delete(viewer, 'gone', 'gone');
    const wish = { appId: app.id, name: 't' };
    const { token } = await tokens.create(viewer, { ...wish, providers: ['alpha', 'alpha'] });
    expect(token).toMatchObject({ allProviders: false, providers: ['alpha'] });
    for (const providers of [['gone'], ['alpha', 'nope']]) {
      await expect(tokens.create(viewer, { ...wish, allProviders: false, providers })).rejects.toMatchObject({
        code: 'PROVIDER_UNKNOWN',
        detail: { field: 'providers' },
      });
    }
    await expect(tokens.create(viewer, { ...wish, allProviders: false })).rejects.toMatchObject({
      code: 'SCOPE_EMPTY',
    });
  });

  test('does not begin expired', async () => {
    const app = await newApp();
    const wish = { appId: app.id, name: 't' };
    await expect(tokens.create(viewer, { ...wish, expiresAt: new Date() })).rejects.toMatchObject({
      code: 'EXPIRY_PAST',
      detail: { field: 'expiresAt' },
    });
    const expiresAt = inAnHour();
    expect((await tokens.create(viewer, { ...wish, expiresAt })).token).toMatchObject({ expiresAt, state: 'active' });
  });

  test('is revoked once, and stays revoked', async () => {
    const app = await newApp();
    const { token } = await tokens.create(viewer, { appId: app.id, name: 't' });
    const revoked = await tokens.revoke(viewer, token.id);
    expect(revoked.state).toBe('revoked');
    expect(await tokens.revoke(viewer, token.id)).toEqual(revoked);
    const actions = await plane.prisma.auditEntry.findMany({
      where: { projectId: viewer.projectId },
      orderBy: { id: 'asc' },
    });
    expect(actions.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'app.create shop',
      'token.create shop/t',
      'token.revoke shop/t',
    ]);
  });
});

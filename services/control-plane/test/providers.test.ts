import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppsService } from '../src/apps/apps.service.js';
import { TokensService } from '../src/apps/tokens.service.js';
import type { Viewer } from '../src/platform/viewer.js';
import { type CreateProviderInput, type ProviderFilter, ProviderSort } from '../src/providers/providers.inputs.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { ProviderStatus } from '../src/providers/status/status.types.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let providers: ProvidersService;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), {
    WEIR_ALLOWED_HOSTS: '10.0.0.1:8000',
    WEIR_PUBLIC_PROXY_URL: 'https://llm.example.com/',
  });
  providers = plane.app.get(ProvidersService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

const BASE_URL = 'http://10.0.0.1:8000';
const settings = (input: Partial<CreateProviderInput> = {}): CreateProviderInput => ({
  name: 'alpha',
  displayName: 'Alpha',
  type: 'openai_compatible',
  baseUrl: BASE_URL,
  ...input,
});
const actions = async () => {
  const where = { projectId: viewer.projectId };
  const rows = await plane.prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(({ action, subject }) => `${action} ${subject}`);
};

describe('creating', () => {
  test('stores what was checked, says where apps point, and is recorded', async () => {
    const input = { models: [' gpt-x ', 'gpt-x', '', 'b'], environments: ['staging'], baseUrl: `${BASE_URL}/v1/` };
    const created = await providers.create(viewer, settings({ ...input, secretId: 'KEY', secretValue: 'value-1234' }));
    expect(created).toMatchObject({
      name: 'alpha',
      enabled: true,
      baseUrl: `${BASE_URL}/v1`,
      models: ['gpt-x', 'b'],
      environments: ['staging'],
      recordInputs: false,
      revision: 1,
      deletedAt: null,
      proxyUrl: 'https://llm.example.com/llm/v1/providers/alpha',
      secret: { secretId: 'KEY', lastFour: '1234', usedBy: ['alpha'] },
    });
    expect(await providers.get(viewer, 'alpha')).toEqual(created);
    expect(await actions()).toEqual(['secret.create KEY', 'provider.create alpha']);
  });

  test('takes the default base URL of its type', async () => {
    const created = await providers.create(
      viewer,
      settings({ type: 'anthropic', baseUrl: null, secretId: 'KEY', secretValue: 'value-1234' }),
    );
    expect(created.baseUrl).toBe('https://api.anthropic.com');
  });

  test.each<[string, string, Partial<CreateProviderInput>]>([
    ['NAME_INVALID', 'name', { name: 'Alpha' }],
    ['NAME_INVALID', 'name', { name: '9lives' }],
    ['NAME_INVALID', 'name', { name: 'a/b' }],
    ['NAME_INVALID', 'name', { name: `a${'b'.repeat(63)}` }],
    ['NAME_INVALID', 'name', { name: '' }],
    ['DISPLAY_NAME_INVALID', 'displayName', { displayName: '  ' }],
    ['DISPLAY_NAME_INVALID', 'displayName', { displayName: 'x'.repeat(254) }],
    ['DISPLAY_NAME_INVALID', 'displayName', { displayName: 'two\nlines' }],
    ['TYPE_UNKNOWN', 'type', { type: 'bedrok' }],
    ['TYPE_UNKNOWN', 'type', { type: '__proto__' }],
    ['BASE_URL_REQUIRED', 'baseUrl', { baseUrl: '  ' }],
    ['BASE_URL_INVALID', 'baseUrl', { baseUrl: 'not an address' }],
    ['BASE_URL_NOT_HTTPS', 'baseUrl', { baseUrl: 'http://api.openai.com/v1' }],
    ['BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://169.254.169.254' }],
    ['BASE_URL_PRIVATE', 'baseUrl', { baseUrl: 'https://10.0.0.1:8001' }],
    ['SECRET_REQUIRED', 'secretId', { type: 'openai', baseUrl: null }],
    ['SECRET_REQUIRED', 'secretId', { type: 'openai', baseUrl: null, secretId: '' }],
    ['SECRET_REQUIRED', 'secretId', { secretValue: 'value-without-a-name' }],
    ['SECRET_MISSING', 'secretId', { secretId: 'NO_SUCH_KEY' }],
    ['SECRET_ID_INVALID', 'secretId', { secretId: 'lower', secretValue: 'value-1234' }],
    ['SECRET_EMPTY', 'secretValue', { secretId: 'KEY', secretValue: ' \n ' }],
    ['SECRET_CHARACTERS', 'secretValue', { secretId: 'KEY', secretValue: 'sk-a\r\nx-injected: 1' }],
    ['PASSTHROUGH_WITH_SECRET', 'secretId', { passthrough: true, secretId: 'KEY', secretValue: 'value-1234' }],
    ['ENVIRONMENT_UNKNOWN', 'environments', { environments: ['production', 'moon'] }],
    ['MODELS_TOO_MANY', 'models', { models: Array.from({ length: 1001 }, (_, index) => `m${index}`) }],
    ['MODEL_INVALID', 'models', { models: ['gpt\nx'] }],
    ['MODEL_INVALID', 'models', { models: ['m'.repeat(256)] }],
  ])('%s on %s, and nothing is half done: %j', async (code, field, input) => {
    await expect(providers.create(viewer, settings(input))).rejects.toMatchObject({ code, detail: { field } });
    expect(await providers.list(viewer, { filter: { includeDeleted: true } })).toMatchObject({ totalCount: 0 });
    expect(await plane.prisma.secret.count({ where: { projectId: viewer.projectId } })).toBe(0);
    expect(await actions()).toEqual([]);
  });

  test('twenty at once under one name leave one', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => providers.create(viewer, settings())));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'NAME_TAKEN', detail: { field: 'name' } });
      }
    }
    expect(await providers.list(viewer)).toMatchObject({ totalCount: 1 });
  });

  test('projects do not see each other', async () => {
    await providers.create(viewer, settings());
    const stranger = await plane.viewerOfNewProject();
    expect(await providers.get(stranger, 'alpha')).toBeNull();
    expect(await providers.list(stranger)).toMatchObject({ totalCount: 0, nodes: [] });
    await expect(providers.setEnabled(stranger, 'alpha', false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(providers.delete(stranger, 'alpha', 'alpha')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(providers.update(stranger, { name: 'alpha', revision: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await providers.create(stranger, settings())).toMatchObject({ name: 'alpha' });
  });
});

describe('changing', () => {
  test('what is left out stays; the audit entry names what changed', async () => {
    await providers.create(viewer, settings({ models: ['m'], secretId: 'KEY', secretValue: 'value-1234' }));
    const changed = await providers.update(viewer, { name: 'alpha', revision: 1, displayName: 'Beta', enabled: false });
    expect(changed).toMatchObject({
      displayName: 'Beta',
      enabled: false,
      models: ['m'],
      revision: 2,
      secret: { secretId: 'KEY' },
    });
    const entry = await plane.prisma.auditEntry.findFirstOrThrow({
      where: { projectId: viewer.projectId, action: 'provider.update' },
    });
    expect(entry.detail).toEqual({ displayName: 'Beta', enabled: false });
  });

  test('from an old revision is refused and changes nothing', async () => {
    await providers.create(viewer, settings());
    const edits = ['one', 'two', 'three'].map((displayName) =>
      providers.update(viewer, { name: 'alpha', revision: 1, displayName }),
    );
    const results = await Promise.allSettled(edits);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'REVISION_CONFLICT' });
    }
    expect(await providers.get(viewer, 'alpha')).toMatchObject({ revision: 2 });
  });

  test('passthrough on lets go of the secret, which is kept', async () => {
    await providers.create(viewer, settings({ secretId: 'KEY', secretValue: 'value-1234' }));
    const open = await providers.update(viewer, { name: 'alpha', revision: 1, passthrough: true });
    expect(open).toMatchObject({ passthrough: true, secret: null });
    expect(await plane.prisma.providerSecret.count({ where: { providerId: open.id } })).toBe(0);
    const shut = await providers.update(viewer, { name: 'alpha', revision: 2, passthrough: false, secretId: 'KEY' });
    expect(shut).toMatchObject({ passthrough: false, secret: { secretId: 'KEY' } });
  });

  test('a type that needs a credential keeps one', async () => {
    const input = { type: 'openai', baseUrl: null, secretId: 'KEY', secretValue: 'value-1234' };
    await providers.create(viewer, settings(input));
    const without = { name: 'alpha', revision: 1, secretId: null };
    await expect(providers.update(viewer, without)).rejects.toMatchObject({ code: 'SECRET_REQUIRED' });
  });
});

describe('deleting', () => {
  test('needs the name typed', async () => {
    await providers.create(viewer, settings());
    await expect(providers.delete(viewer, 'alpha', 'alpah')).rejects.toMatchObject({
      code: 'CONFIRMATION_DIFFERS',
      detail: { field: 'confirmName' },
    });
    expect(await providers.get(viewer, 'alpha')).not.toBeNull();
  });

  test('keeps the row and frees the name; tokens scoped to the name do not open its successor', async () => {
    const first = await providers.create(viewer, settings());
    await providers.create(viewer, settings({ name: 'beta', displayName: 'Beta' }));
    const app = await plane.app.get(AppsService).create(viewer, { name: 'shop', environment: 'production' });
    const scoped = { appId: app.id, name: 't', providers: ['alpha', 'beta'] };
    await plane.app.get(TokensService).create(viewer, scoped);
    expect(await providers.delete(viewer, 'alpha', 'alpha')).toBe(true);
    expect(await providers.get(viewer, 'alpha')).toBeNull();
    const second = await providers.create(viewer, settings());
    expect(second.id).not.toBe(first.id);
    const { nodes } = await providers.list(viewer, { filter: { includeDeleted: true, search: 'alpha' } });
    expect(nodes.map(({ id, deletedAt }) => [id, deletedAt !== null])).toEqual([
      [first.id, true],
      [second.id, false],
    ]);
    const [token] = (await plane.app.get(AppsService).get(viewer, app.id))?.tokens ?? [];
    expect(token).toMatchObject({ allProviders: false, providers: ['beta'] });
  });
});

describe('switching several at once', () => {
  const versions = () => plane.prisma.publication.aggregate({ where: { kind: 'snapshot' }, _max: { version: true } });

  test('is one change with an audit entry each; those already there are left alone', async () => {
    for (const name of ['a', 'b', 'c']) await providers.create(viewer, settings({ name, enabled: name !== 'c' }));
    const before = (await versions())._max.version ?? 0;
    const switched = await providers.setAllEnabled(viewer, ['b', 'a', 'c', 'b'], false);
    expect(switched.map(({ name, enabled, status, revision }) => [name, enabled, status, revision])).toEqual([
      ['b', false, 'DISABLED', 2],
      ['a', false, 'DISABLED', 2],
      ['c', false, 'DISABLED', 1],
    ]);
    expect((await versions())._max.version).toBe(before + 1);
    expect((await actions()).slice(3)).toEqual(['provider.disable b', 'provider.disable a']);
  });

  test('changes none when one of them is not there', async () => {
    await providers.create(viewer, settings({ name: 'a' }));
    const refused = providers.setAllEnabled(viewer, ['a', 'nowhere'], false);
    await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('nowhere') });
    expect(await providers.get(viewer, 'a')).toMatchObject({ enabled: true, revision: 1 });
    expect(await actions()).toEqual(['provider.create a']);
    await expect(providers.setAllEnabled(viewer, [], false)).rejects.toMatchObject({ code: 'NAMES_INVALID' });
  });
});

test('the database itself holds live names apart, and lets deleted ones be', async () => {
  await providers.create(viewer, settings());
  const { projectId } = viewer;
  const twin = {
    ...{ projectId, name: 'alpha', displayName: 'Twin', type: 'openai_compatible' },
    ...{ baseUrl: BASE_URL, credentialKind: 'none' },
  };
  await expect(plane.prisma.provider.create({ data: twin })).rejects.toMatchObject({ code: 'P2002' });
  await plane.prisma.provider.create({ data: { ...twin, deletedAt: new Date() } });
});

describe('listing', () => {
  test('pages by name without losing or repeating any', async () => {
    const names = ['b', 'a', 'd', 'c', 'e'];
    for (const name of names) await providers.create(viewer, settings({ name, displayName: name.toUpperCase() }));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await providers.list(viewer, { first: 2, after });
      expect(page.totalCount).toBe(5);
      seen.push(...page.nodes.map(({ name }) => name));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    await expect(providers.list(viewer, { after: 'forged' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(providers.list(viewer, { first: 0 })).rejects.toMatchObject({ code: 'FIRST_INVALID' });
    await expect(providers.list(viewer, { first: 501 })).rejects.toMatchObject({ code: 'FIRST_INVALID' });
  });

  test('searches literally, in name and display name', async () => {
    await providers.create(viewer, settings({ name: 'plain', displayName: '100 % sure_thing' }));
    await providers.create(viewer, settings({ name: 'other', displayName: 'Other' }));
    const found = async (search: string) =>
      (await providers.list(viewer, { filter: { search } })).nodes.map(({ name }) => name);
    expect(await found('PLAI')).toEqual(['plain']);
    expect(await found('oth')).toEqual(['other']);
    expect(await found('%')).toEqual(['plain']);
    expect(await found('e_t')).toEqual(['plain']);
    expect(await found('o_h')).toEqual([]);
    expect(await found('\\')).toEqual([]);
  });

  test('filters by type and state', async () => {
    await providers.create(viewer, settings({ name: 'on' }));
    await providers.create(viewer, settings({ name: 'off', enabled: false }));
    const names = async (filter: ProviderFilter) =>
      (await providers.list(viewer, { filter })).nodes.map(({ name }) => name);
    expect(await names({ enabled: true })).toEqual(['on']);
    expect(await names({ enabled: false })).toEqual(['off']);
    expect(await names({ types: ['anthropic'] })).toEqual([]);
    await providers.setEnabled(viewer, 'off', true);
    expect(await names({ enabled: true })).toEqual(['off', 'on']);
  });

  test('shows a row of a type this release does not know, without endpoints', async () => {
    await providers.create(viewer, settings());
    const { projectId } = viewer;
    await plane.prisma.provider.updateMany({ where: { projectId }, data: { type: 'of_tomorrow' } });
    expect((await providers.list(viewer)).nodes).toMatchObject([{ name: 'alpha', type: 'of_tomorrow', endpoints: [] }]);
  });

  test('filters by environment and model: an empty list stands for all of them', async () => {
    await providers.create(viewer, settings({ name: 'all' }));
    await providers.create(viewer, settings({ name: 'stage', environments: ['staging'], models: ['gpt-x'] }));
    await providers.create(viewer, settings({ name: 'prod', environments: ['production'], models: ['gpt-y'] }));
    const names = async (filter: ProviderFilter) =>
      (await providers.list(viewer, { filter })).nodes.map(({ name }) => name);
    expect(await names({ environment: 'staging' })).toEqual(['all', 'stage']);
    expect(await names({ model: 'gpt-y' })).toEqual(['all', 'prod']);
    expect(await names({ model: 'gpt-y', environment: 'staging' })).toEqual(['all']);
    expect(await names({ model: 'gpt' })).toEqual(['all']);
  });

  test('filters by credential and status', async () => {
    await providers.create(viewer, settings({ name: 'open' }));
    await providers.create(viewer, settings({ name: 'keyed', secretId: 'KEY', secretValue: 'value-1234' }));
    await providers.create(viewer, settings({ name: 'off', enabled: false }));
    await providers.create(viewer, settings({ name: 'broken' }));
    await providers.create(viewer, settings({ name: 'partly' }));
    const check = async (name: string, endpoint: string, state: string) => {
      const providerId = (await providers.get(viewer, name))?.id ?? '';
      await plane.prisma.endpointCheck.create({ data: { providerId, endpoint, state, checkedAt: new Date() } });
    };
    await check('keyed', 'models', 'UNSUPPORTED');
    await check('keyed', 'chat.completions', 'READY');
    await check('off', 'models', 'FAILING');
    await check('broken', 'models', 'FAILING');
    await check('partly', 'models', 'READY');
    await check('partly', 'embeddings', 'FAILING');
    const names = async (filter: ProviderFilter) =>
      (await providers.list(viewer, { filter })).nodes.map(({ name }) => name);
    expect(await names({ credentialKinds: ['api_key'] })).toEqual(['keyed']);
    for (const status of Object.values(ProviderStatus)) {
      const { nodes } = await providers.list(viewer);
      const expected = nodes.filter((node) => node.status === status).map(({ name }) => name);
      expect(expected.length).toBeGreaterThan(0);
      expect(await names({ statuses: [status] }), status).toEqual(expected);
    }
    expect(await names({ statuses: [ProviderStatus.READY, ProviderStatus.DISABLED] })).toEqual(['keyed', 'off']);
  });

  test.each([
    [ProviderSort.type, false, ['c', 'e', 'b', 'd', 'a']],
    [ProviderSort.type, true, ['a', 'b', 'd', 'c', 'e']],
    [ProviderSort.updatedAt, false, ['a', 'b', 'd', 'e', 'c']],
    [ProviderSort.updatedAt, true, ['c', 'a', 'b', 'd', 'e']],
    [ProviderSort.name, true, ['e', 'd', 'c', 'b', 'a']],
  ])('pages by %s, descending %s, without losing or repeating any', async (sort, descending, expected) => {
    const type: Readonly<Record<string, string>> = { a: 'openai_compatible', b: 'ollama', c: 'anthropic', d: 'ollama' };
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const input = { name, type: type[name] ?? 'anthropic', secretId: 'KEY', secretValue: 'value-1234' };
      await providers.create(viewer, settings(type[name] === 'ollama' ? { name, type: 'ollama' } : input));
    }
    // Rows changed within one millisecond are told apart by name.
    const { projectId } = viewer;
    const at = (name: string) => new Date(Date.UTC(2026, 0, 1, 0, 0, 0, name === 'c' ? 2 : 1));
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await plane.prisma.provider.updateMany({ where: { projectId, name }, data: { updatedAt: at(name) } });
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await providers.list(viewer, { sort, descending, first: 2, after });
      expect(page.totalCount).toBe(5);
      seen.push(...page.nodes.map(({ name }) => name));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(expected);
  });
});

import { type MasterKey, openSecret, type SealedSecret, sealedSecret, snapshotCredential } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { openStored } from '../src/secrets/seal.js';
import { SecretsService } from '../src/secrets/secrets.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let secrets: SecretsService;
let providers: ProvidersService;
let master: MasterKey;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), {
    WEIR_ALLOWED_HOSTS: '10.0.0.1:8000,10.0.0.2:8000',
  });
  secrets = plane.app.get(SecretsService);
  providers = plane.app.get(ProvidersService);
  master = plane.config.masterKey;
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

const FIRST = 'http://10.0.0.1:8000';
const SECOND = 'http://10.0.0.2:8000';

function create(name: string, baseUrl: string, secretId: string | null, secretValue: string | null = null) {
  const type = 'openai_compatible';
  return providers.create(viewer, { name, displayName: name, type, baseUrl, secretId, secretValue });
}

async function rowOf(secretId: string) {
  const { projectId } = viewer;
  return plane.prisma.secret.findUniqueOrThrow({ where: { projectId_secretId: { projectId, secretId } } });
}

/** What a proxy does with the credential of a provider. */
async function openAsProxy(name: string, slot = 'api_key'): Promise<string> {
  const where = { projectId: viewer.projectId, name, deletedAt: null };
  const { id, projectId, baseUrl, credentials } = await plane.prisma.provider.findFirstOrThrow({
    where,
    include: { credentials: { where: { slot } } },
  });
  const { secretId, version, sealed } = snapshotCredential.parse(credentials[0]?.sealed);
  const { origin } = new URL(baseUrl);
  return openSecret(master, sealed, { projectId, secretId, version, providerId: id, origin });
}

describe('a secret', () => {
  test('shows its last four characters, and nothing else of its value', async () => {
    const secret = await secrets.create(viewer, { secretId: 'OPENAI_API_KEY', value: ' sk-canary-9876\n' });
    expect(secret).toMatchObject({
      secretId: 'OPENAI_API_KEY',
      lastFour: '9876',
      version: 1,
      boundOrigins: [],
      usedBy: [],
    });
    expect(openStored(master, await rowOf('OPENAI_API_KEY'))).toBe('sk-canary-9876');
    expect(JSON.stringify(await secrets.list(viewer))).not.toContain('sk-canary');
  });

  test('is refused when its reference exists already or is misspelled', async () => {
    await secrets.create(viewer, { secretId: 'KEY', value: 'value-one' });
    await expect(secrets.create(viewer, { secretId: 'KEY', value: 'value-two' })).rejects.toMatchObject({
      code: 'SECRET_EXISTS',
      detail: { field: 'secretId' },
    });
    await expect(secrets.create(viewer, { secretId: 'lower', value: 'x' })).rejects.toMatchObject({
      code: 'SECRET_ID_INVALID',
    });
    expect(openStored(master, await rowOf('KEY'))).toBe('value-one');
  });

  test('of another project cannot be seen, rotated, deleted or used', async () => {
    await secrets.create(viewer, { secretId: 'KEY', value: 'value-one' });
    const stranger = await plane.viewerOfNewProject();
    expect(await secrets.list(stranger)).toEqual([]);
    await expect(secrets.rotate(stranger, { secretId: 'KEY', value: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(secrets.delete(stranger, 'KEY')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    viewer = stranger;
    await expect(create('thief', FIRST, 'KEY')).rejects.toMatchObject({ code: 'SECRET_MISSING' });
  });

  test('cannot be deleted while a provider uses it, and names the provider', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await create('beta', FIRST, 'KEY');
    await expect(secrets.delete(viewer, 'KEY')).rejects.toMatchObject({
      code: 'SECRET_IN_USE',
      message: expect.stringContaining('alpha, beta'),
    });
    await providers.delete(viewer, 'alpha', 'alpha');
    await providers.delete(viewer, 'beta', 'beta');
    expect(await secrets.list(viewer)).toMatchObject([{ secretId: 'KEY', usedBy: [] }]);
    expect(await secrets.delete(viewer, 'KEY')).toBe(true);
    expect(await secrets.list(viewer)).toEqual([]);
  });
});

describe('rotation', () => {
  test('seals the new value for every provider that uses the secret', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await create('beta', SECOND, 'KEY', 'value-one');
    const rotated = await secrets.rotate(viewer, { secretId: 'KEY', value: 'value-two' });
    expect(rotated).toMatchObject({ version: 2, usedBy: ['alpha', 'beta'] });
    expect(await openAsProxy('alpha')).toBe('value-two');
    expect(await openAsProxy('beta')).toBe('value-two');
    expect(openStored(master, await rowOf('KEY'))).toBe('value-two');
  });

  test('that cannot be written changes nothing', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await create('beta', FIRST, 'KEY');
    const { id: providerId } = (await providers.get(viewer, 'beta')) ?? { id: '' };
    const { sealed } = await plane.prisma.providerSecret.findFirstOrThrow({ where: { providerId } });
    await plane.prisma.providerSecret.updateMany({ where: { providerId }, data: { sealed: { broken: true } } });
    await expect(secrets.rotate(viewer, { secretId: 'KEY', value: 'value-two' })).rejects.toThrow();
    await plane.prisma.providerSecret.updateMany({ where: { providerId }, data: { sealed: sealed ?? {} } });
    expect(openStored(master, await rowOf('KEY'))).toBe('value-one');
    expect(await openAsProxy('alpha')).toBe('value-one');
  });

  test('during which providers are created leaves none with a value that does not open', async () => {
    await secrets.create(viewer, { secretId: 'KEY', value: 'value-0' });
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    await Promise.all([
      ...names.map((name) => create(name, FIRST, 'KEY')),
      ...names.map((_, index) => secrets.rotate(viewer, { secretId: 'KEY', value: `value-${index + 1}` })),
    ]);
    const stored = openStored(master, await rowOf('KEY'));
    for (const name of names) expect(await openAsProxy(name)).toBe(stored);
  });
});

describe('a stored value goes only where it may', () => {
  test('the first origin it is used with is bound, another one is refused', async () => {
    await secrets.create(viewer, { secretId: 'KEY', value: 'value-one' });
    await create('alpha', FIRST, 'KEY');
    expect((await rowOf('KEY')).boundOrigins).toEqual([FIRST]);
    await expect(create('beta', SECOND, 'KEY')).rejects.toMatchObject({
      code: 'SECRET_ORIGIN_UNBOUND',
      detail: { field: 'secretId' },
      message: expect.stringContaining('enter its value again'),
    });
    expect(await providers.get(viewer, 'beta')).toBeNull();
    expect((await rowOf('KEY')).boundOrigins).toEqual([FIRST]);
  });

  test('another path of the same origin needs nothing', async () => {
    await create('alpha', `${FIRST}/v1`, 'KEY', 'value-one');
    const { revision } = await providers.update(viewer, { name: 'alpha', revision: 1, baseUrl: `${FIRST}/v2` });
    expect(revision).toBe(2);
    expect(await openAsProxy('alpha')).toBe('value-one');
  });

  test('a base URL moved to a new origin needs the value again', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    const move = { name: 'alpha', revision: 1, baseUrl: SECOND };
    await expect(providers.update(viewer, move)).rejects.toMatchObject({ code: 'SECRET_ORIGIN_UNBOUND' });
    expect(await providers.get(viewer, 'alpha')).toMatchObject({ baseUrl: FIRST, revision: 1 });
    await providers.update(viewer, { ...move, secretValue: 'value-one' });
    expect(await openAsProxy('alpha')).toBe('value-one');
    expect((await rowOf('KEY')).boundOrigins).toEqual([FIRST, SECOND]);
  });

  test('a wrong value neither binds nor replaces what others use', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await expect(create('beta', SECOND, 'KEY', 'value-guess')).rejects.toMatchObject({
      code: 'SECRET_VALUE_DIFFERS',
      detail: { field: 'secretValue' },
    });
    expect((await rowOf('KEY')).boundOrigins).toEqual([FIRST]);
    expect(await openAsProxy('alpha')).toBe('value-one');
  });

  test('a new value for a secret nobody else uses replaces it, for this origin only', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await providers.update(viewer, { name: 'alpha', revision: 1, baseUrl: SECOND, secretValue: 'value-two' });
    expect(await rowOf('KEY')).toMatchObject({ version: 2, boundOrigins: [SECOND] });
    expect(await openAsProxy('alpha')).toBe('value-two');
  });

  test('members who may not write secrets cannot slip a value in', async () => {
    const engineer: Viewer = { ...viewer, role: 'engineer' };
    const input = { name: 'a', displayName: 'A', type: 'openai_compatible', baseUrl: FIRST };
    await expect(providers.create(engineer, { ...input, secretId: 'KEY', secretValue: 'value' })).rejects.toMatchObject(
      { code: 'FORBIDDEN' },
    );
  });
});

describe('a sealed value opens only where it was sealed for', () => {
  const unreadable = expect.objectContaining({ code: 'SECRET_UNREADABLE' });

  test('each bit flipped, and each tag cut short, is refused', async () => {
    await secrets.create(viewer, { secretId: 'KEY', value: 'value-one' });
    const row = await rowOf('KEY');
    const sealed = sealedSecret.parse(row.sealed);
    const opens = (changed: SealedSecret) => () => openStored(master, { ...row, sealed: changed });
    expect(opens(sealed)()).toBe('value-one');
    let tried = 0;
    for (const part of ['wrappedKey', 'value'] as const) {
      const bytes = Buffer.from(sealed[part], 'base64');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(opens({ ...sealed, [part]: flipped.toString('base64') })).toThrow(unreadable);
        tried++;
      }
      for (const kept of [4, 8, 12]) {
        const cut = bytes.subarray(0, bytes.length - 16 + kept);
        expect(opens({ ...sealed, [part]: cut.toString('base64') })).toThrow(unreadable);
      }
    }
    expect(tried).toBe((12 + 32 + 16 + 12 + 9 + 16) * 8);
  });

  test('rows that swap their values with another secret, version, project, provider or origin are refused', async () => {
    await create('alpha', FIRST, 'KEY', 'value-one');
    await create('beta', SECOND, 'OTHER', 'value-two');
    const [row, other] = [await rowOf('KEY'), await rowOf('OTHER')];
    expect(() => openStored(master, { ...row, sealed: other.sealed })).toThrow(unreadable);
    expect(() => openStored(master, { ...row, version: 2 })).toThrow(unreadable);
    expect(() => openStored(master, { ...row, projectId: viewer.accountId })).toThrow(unreadable);

    const [alpha, beta] = await plane.prisma.provider.findMany({
      where: { projectId: viewer.projectId },
      orderBy: { name: 'asc' },
      include: { credentials: true },
    });
    await plane.prisma.providerSecret.updateMany({
      where: { providerId: alpha?.id ?? '' },
      data: { sealed: beta?.credentials[0]?.sealed ?? {} },
    });
    await expect(openAsProxy('alpha')).rejects.toThrow(unreadable);
    await plane.prisma.provider.update({ where: { id: beta?.id ?? '' }, data: { baseUrl: FIRST } });
    await expect(openAsProxy('beta')).rejects.toThrow(unreadable);
  });
});

import { type Snapshot, snapshot } from '@weir/contracts';
import { PROVIDER_TYPE_DEFINITIONS } from '@weir/providers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import { ClientClosePolicy, UsageFallback } from '../src/providers/client-close.types.js';
import type { CreateProviderInput, UpdateProviderInput } from '../src/providers/providers.inputs.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import { startPostgres, type TestServer } from './postgres.js';
import { type Replica, startReplica } from './replica.js';

let postgres: TestServer;
let plane: Replica;
let providers: ProvidersService;
let viewer: Viewer;

beforeAll(async () => {
  postgres = await startPostgres();
  plane = await startReplica(await postgres.createDatabase(), { WEIR_ALLOWED_HOSTS: '10.0.0.1:8000' });
  providers = plane.app.get(ProvidersService);
}, 60_000);

afterAll(async () => {
  await plane?.close();
  await postgres?.stop();
});

beforeEach(async () => {
  viewer = await plane.viewerOfNewProject();
});

const create = (input: Partial<CreateProviderInput> = {}) =>
  providers.create(viewer, {
    ...{ name: 'alpha', displayName: 'Alpha', type: 'openai_compatible', baseUrl: 'http://10.0.0.1:8000' },
    ...input,
  });
const update = (revision: number, input: Partial<UpdateProviderInput>) =>
  providers.update(viewer, { name: 'alpha', revision, ...input });

async function published(): Promise<Snapshot['providers'][number] | undefined> {
  const newest = await plane.prisma.publication.findFirstOrThrow({
    where: { kind: 'snapshot' },
    orderBy: { version: 'desc' },
  });
  return snapshot.parse(newest.content).providers.find(({ projectId }) => projectId === viewer.projectId);
}

async function lastDetail(action: string) {
  const where = { projectId: viewer.projectId, action };
  return (await plane.prisma.auditEntry.findFirstOrThrow({ where, orderBy: { id: 'desc' } })).detail;
}

describe('what becomes of an answer whose client is gone', () => {
  test('is as the type does where nobody chose, and what is missing stays unknown', async () => {
    expect(await create()).toMatchObject({ onClientClose: null, drainSeconds: 30, usageFallback: 'none' });
    expect(await published()).toMatchObject({ onClientClose: 'drain', drainMs: 30_000, usageFallback: 'none' });
    const anthropic = { name: 'beta', type: 'anthropic', baseUrl: null, secretId: 'KEY', secretValue: 'value-1234' };
    expect(await create(anthropic)).toMatchObject({ onClientClose: null });
    expect(providers.types()).toMatchObject(
      PROVIDER_TYPE_DEFINITIONS.map(({ clientClose: { policy, because } }) => ({ clientClose: { policy, because } })),
    );
  });

  test('is published as chosen, and recorded', async () => {
    const chosen = {
      onClientClose: ClientClosePolicy.CANCEL,
      drainSeconds: 600,
      usageFallback: UsageFallback.ESTIMATED,
    };
    expect(await create(chosen)).toMatchObject(chosen);
    expect(await published()).toMatchObject({ onClientClose: 'cancel', drainMs: 600_000, usageFallback: 'estimated' });
    const stored = { onClientClose: 'cancel', drainMs: 600_000, usageFallback: 'estimated' };
    expect(await lastDetail('provider.create')).toMatchObject(stored);
  });

  test('changes alone, and goes back to what the type does', async () => {
    await create();
    await update(1, { onClientClose: ClientClosePolicy.CANCEL, drainSeconds: 1 });
    expect(await lastDetail('provider.update')).toEqual({ onClientClose: 'cancel', drainMs: 1_000 });
    expect(await published()).toMatchObject({ onClientClose: 'cancel', drainMs: 1_000 });
    // Left out is not the same as taken back.
    expect(await update(2, { displayName: 'Beta' })).toMatchObject({ onClientClose: 'cancel', drainSeconds: 1 });
    expect(await update(3, { onClientClose: null })).toMatchObject({ onClientClose: null, drainSeconds: 1 });
    expect(await lastDetail('provider.update')).toEqual({ onClientClose: null });
    expect(await published()).toMatchObject({ onClientClose: 'drain' });
    expect(await update(4, { usageFallback: UsageFallback.ESTIMATED })).toMatchObject({ usageFallback: 'estimated' });
  });

  test.each([0, -1, 601, 1.5])('%d seconds are refused, naming the field and the way out', async (drainSeconds) => {
    const refusal = {
      code: 'DRAIN_INVALID',
      message: expect.stringMatching(/1 to 600.*cancel/),
      detail: { field: 'drainSeconds' },
    };
    await expect(create({ drainSeconds })).rejects.toMatchObject(refusal);
    await create();
    await expect(update(1, { drainSeconds })).rejects.toMatchObject(refusal);
    expect(await providers.get(viewer, 'alpha')).toMatchObject({ revision: 1, drainSeconds: 30 });
  });
});

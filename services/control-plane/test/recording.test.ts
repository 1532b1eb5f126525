import { type Snapshot, snapshot } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../src/platform/viewer.js';
import type { CreateProviderInput, UpdateProviderInput } from '../src/providers/providers.inputs.js';
import { ProvidersService } from '../src/providers/providers.service.js';
import type { RecordingSettingsInput } from '../src/providers/recording/recording.types.js';
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

const trail = async () => {
  const where = { projectId: viewer.projectId, action: 'recording.update' };
  const rows = await plane.prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(({ subject, actor, detail }) => ({ subject, actor, detail }));
};

const DEFAULTS = {
  ...{ retentionDays: 30, maxBodyBytes: 5_242_880, samplePer10k: 10_000 },
  ...{ redactDetectors: [], redactPatterns: [] },
};
const CHOSEN = {
  ...{ retentionDays: 7, maxBodyBytes: 65_536, samplePer10k: 250 },
  redactDetectors: ['email', 'payment_card'],
  redactPatterns: [{ name: 'customer', pattern: 'C-[0-9]{6}' }],
};

describe('what is recorded of a provider', () => {
  test('is nothing where nobody chose, and then no trail either', async () => {
    const off = { recordInputs: false, recordOutputs: false, recording: DEFAULTS };
    expect(await create()).toMatchObject(off);
    expect(await published()).toMatchObject(off);
    expect(await trail()).toEqual([]);
  });

  test('is stored and published as chosen, and the trail says so', async () => {
    const created = await create({ recordInputs: true, recordOutputs: true, recording: CHOSEN });
    expect(created).toMatchObject({ recordInputs: true, recordOutputs: true, recording: CHOSEN });
    expect(await published()).toMatchObject({ recordInputs: true, recordOutputs: true, recording: CHOSEN });
    expect(await providers.get(viewer, 'alpha')).toEqual(created);
    expect(await trail()).toEqual([
      {
        subject: 'alpha',
        actor: viewer.email,
        detail: { before: null, after: { ...CHOSEN, recordInputs: true, recordOutputs: true } },
      },
    ]);
  });

  test('changes alone; the trail has what was and what is', async () => {
    await create();
    await update(1, { displayName: 'Beta' });
    expect(await trail()).toEqual([]);
    await update(2, { recordOutputs: true });
    expect(await update(3, { recording: { retentionDays: 3_650 } })).toMatchObject({
      ...{ recordInputs: false, recordOutputs: true },
      recording: { ...DEFAULTS, retentionDays: 3_650 },
    });
    await update(4, {
      recording: { redactPatterns: CHOSEN.redactPatterns, redactDetectors: ['phone', 'email', 'phone'] },
    });
    expect(await published()).toMatchObject({
      ...{ recordInputs: false, recordOutputs: true },
      recording: {
        ...DEFAULTS,
        retentionDays: 3_650,
        redactPatterns: CHOSEN.redactPatterns,
        redactDetectors: ['email', 'phone'],
      },
    });
    // The same again is no change of what is kept.
    await update(5, { recordOutputs: true, recording: { redactPatterns: CHOSEN.redactPatterns } });
    await update(6, { recordOutputs: false, recording: { redactPatterns: [] } });
    expect((await trail()).map(({ detail }) => detail)).toEqual([
      { before: { recordOutputs: false }, after: { recordOutputs: true } },
      { before: { retentionDays: 30 }, after: { retentionDays: 3_650 } },
      {
        before: { redactDetectors: [], redactPatterns: [] },
        after: { redactDetectors: ['email', 'phone'], redactPatterns: CHOSEN.redactPatterns },
      },
      {
        before: { recordOutputs: true, redactPatterns: CHOSEN.redactPatterns },
        after: { recordOutputs: false, redactPatterns: [] },
      },
    ]);
  });

  test.each<[string, string, RecordingSettingsInput]>([
    ['RETENTION_INVALID', 'retentionDays', { retentionDays: 0 }],
    ['RETENTION_INVALID', 'retentionDays', { retentionDays: 3_651 }],
    ['BODY_LIMIT_INVALID', 'maxBodyBytes', { maxBodyBytes: 1_023 }],
    ['BODY_LIMIT_INVALID', 'maxBodyBytes', { maxBodyBytes: 33_554_433 }],
    ['SAMPLE_INVALID', 'samplePer10k', { samplePer10k: 10_001 }],
    ['SAMPLE_INVALID', 'samplePer10k', { samplePer10k: -1 }],
    ['DETECTOR_UNKNOWN', 'redactDetectors[1]', { redactDetectors: ['email', 'toString'] }],
    [
      'PATTERN_INVALID',
      'redactPatterns[1].pattern',
      { redactPatterns: [...CHOSEN.redactPatterns, { name: 'b', pattern: '(?<=a)b' }] },
    ],
    [
      'PATTERN_NAME_TAKEN',
      'redactPatterns[1].name',
      { redactPatterns: [...CHOSEN.redactPatterns, ...CHOSEN.redactPatterns] },
    ],
    [
      'PATTERNS_TOO_MANY',
      'redactPatterns',
      { redactPatterns: Array.from({ length: 33 }, (_, n) => ({ name: `p${n}`, pattern: 'a' })) },
    ],
  ])('%s on recording.%s, and nothing changes', async (code, field, recording) => {
    const refusal = { code, detail: { field: `recording.${field}` } };
    await expect(create({ recording })).rejects.toMatchObject(refusal);
    await create();
    await expect(update(1, { recordInputs: true, recording })).rejects.toMatchObject(refusal);
    expect(await published()).toMatchObject({ recordInputs: false, recording: DEFAULTS });
    expect(await trail()).toEqual([]);
  });
});

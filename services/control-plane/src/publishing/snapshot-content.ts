import {
  type RecordingSettings,
  type Snapshot,
  type SnapshotProvider,
  type SnapshotToken,
  snapshot,
} from '@weir/contracts';
import { PROVIDER_TYPE_DEFINITIONS } from '@weir/providers';
import type { Transaction } from '../platform/prisma.service.js';

export type SnapshotContent = Omit<Snapshot, 'version' | 'createdAt'>;

/** What the operator set, the same for every project. */
export interface SnapshotSettings {
  readonly allowedHosts: readonly string[];
  readonly maxBodyBytes: number;
}

/** A row that no proxy could read. It is left out, so that one bad row does not stop every later change. */
export interface UnreadableRow {
  readonly kind: 'provider' | 'token';
  readonly id: string;
  readonly problem: string;
}

const providerRow = snapshot.shape.providers.element;
const tokenRow = snapshot.shape.tokens.element;

/** A type that is not known makes the row unreadable, which the caller reports. */
const clientCloseOf = (type: string) =>
  PROVIDER_TYPE_DEFINITIONS.find((known) => known.type === type)?.clientClose.policy;

async function readProviders(tx: Transaction): Promise<Array<{ id: string; row: unknown }>> {
  const providers = await tx.provider.findMany({
    where: { deletedAt: null },
    orderBy: { id: 'asc' },
    include: { credentials: { orderBy: { slot: 'asc' } } },
  });
  return providers.map((provider) => ({
    id: provider.id,
    row: {
      id: provider.id,
      projectId: provider.projectId,
      name: provider.name,
      type: provider.type,
      enabled: provider.enabled,
      baseUrl: provider.baseUrl,
      credentialKind: provider.credentialKind,
      credentials: Object.fromEntries(provider.credentials.map(({ slot, sealed }) => [slot, sealed])),
      settings: provider.settings,
      passthrough: provider.passthrough,
      environments: provider.environments,
      models: provider.models,
      recordInputs: provider.recordInputs,
      recordOutputs: provider.recordOutputs,
      recording: {
        retentionDays: provider.retentionDays,
        maxBodyBytes: provider.maxBodyBytes,
        samplePer10k: provider.samplePer10k,
        redactDetectors: provider.redactDetectors,
        redactPatterns: provider.redactPatterns,
      } satisfies Record<keyof RecordingSettings, unknown>,
      onClientClose: provider.onClientClose ?? clientCloseOf(provider.type),
      drainMs: provider.drainMs,
      usageFallback: provider.usageFallback,
      timeouts: { connectMs: provider.connectMs, firstByteMs: provider.firstByteMs, idleMs: provider.idleMs },
    } satisfies Record<keyof SnapshotProvider, unknown>,
  }));
}

async function readTokens(tx: Transaction): Promise<Array<{ id: string; row: unknown }>> {
  const tokens = await tx.token.findMany({
    where: { revokedAt: null },
    orderBy: { id: 'asc' },
    include: { app: { include: { environment: true } } },
  });
  return tokens.map((token) => ({
    id: token.id,
    row: {
      id: token.id,
      publicId: token.publicId,
      digest: token.digest,
      projectId: token.app.projectId,
      environment: token.app.environment.name,
      appId: token.appId,
      app: token.app.name,
      providers: token.allProviders ? null : token.providers,
      // Expired tokens stay: their refusal can then name the reason.
      expiresAt: token.expiresAt?.getTime() ?? null,
    } satisfies Record<keyof SnapshotToken, unknown>,
  }));
}

/** Everything a proxy needs, as the database holds it now. Same rows give the same bytes. */
export async function readSnapshotContent(
  tx: Transaction,
  settings: SnapshotSettings,
): Promise<{ content: SnapshotContent; unreadable: UnreadableRow[] }> {
  const unreadable: UnreadableRow[] = [];
  const providers: SnapshotProvider[] = [];
  for (const { id, row } of await readProviders(tx)) {
    const parsed = providerRow.safeParse(row);
    if (parsed.success) providers.push(parsed.data);
    else unreadable.push({ kind: 'provider', id, problem: parsed.error.issues[0]?.path.join('.') ?? 'unknown' });
  }
  const tokens: SnapshotToken[] = [];
  for (const { id, row } of await readTokens(tx)) {
    const parsed = tokenRow.safeParse(row);
    if (parsed.success) tokens.push(parsed.data);
    else unreadable.push({ kind: 'token', id, problem: parsed.error.issues[0]?.path.join('.') ?? 'unknown' });
  }
  const { allowedHosts, maxBodyBytes } = settings;
  return { content: { format: 1, allowedHosts: [...allowedHosts], maxBodyBytes, providers, tokens }, unreadable };
}

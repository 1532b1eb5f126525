import {
  type MasterKey,
  type Snapshot,
  type SnapshotProvider,
  type SnapshotToken,
  snapshot,
  WeirError,
} from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import type { Credential } from '../upstream/credentials.js';
import { dialectOf } from '../upstream/dialects.js';
import type { UpstreamPool, Upstreams } from '../upstream/dispatcher.js';
import { baseUrlFault } from '../upstream/host.js';

export const MAX_SNAPSHOT_BYTES = 40 * 1024 * 1024;
const DIGEST = /^[A-Za-z0-9+/]{43}=$/;
const PUBLIC_ID = /^[0-9A-Za-z]{12}$/;
/** Tokens whose digest was compared already; beyond this the oldest are compared again. */
const MAX_VERIFIED = 10_000;

export class SnapshotRejected extends WeirError {
  constructor(reason: string) {
    super('SNAPSHOT_REJECTED', reason);
  }
}

/** Reads a snapshot as if it came from an enemy. @throws SnapshotRejected with a reason that quotes no values. */
export function parseSnapshot(text: string): Snapshot {
  if (text.length > MAX_SNAPSHOT_BYTES) throw new SnapshotRejected(`it is larger than ${MAX_SNAPSHOT_BYTES} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SnapshotRejected('it is not valid JSON');
  }
  const parsed = snapshot.safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
    throw new SnapshotRejected(`it does not have the agreed shape (${issues.join('; ')})`);
  }
  checkUnique('provider id', parsed.data.providers, ({ id }) => id);
  checkUnique('provider name', parsed.data.providers, ({ projectId, name }) => `${projectId}/${name}`);
  checkUnique('token id', parsed.data.tokens, ({ id }) => id);
  checkUnique('token public id', parsed.data.tokens, ({ publicId }) => publicId);
  for (const [index, token] of parsed.data.tokens.entries()) {
    if (!PUBLIC_ID.test(token.publicId)) throw new SnapshotRejected(`tokens.${index}.publicId is malformed`);
    if (!DIGEST.test(token.digest)) throw new SnapshotRejected(`tokens.${index}.digest is malformed`);
    if (token.environment === '') throw new SnapshotRejected(`tokens.${index}.environment is blank`);
    if (token.app === '') throw new SnapshotRejected(`tokens.${index}.app is blank`);
  }
  for (const [index, provider] of parsed.data.providers.entries()) {
    if (!URL.canParse(provider.baseUrl)) throw new SnapshotRejected(`providers.${index}.baseUrl is malformed`);
    if ([...provider.models, ...provider.environments].includes('')) {
      throw new SnapshotRejected(`providers.${index} has a blank model or environment`);
    }
  }
  return parsed.data;
}

function checkUnique<T>(what: string, items: readonly T[], keyOf: (item: T) => string): void {
  if (new Set(items.map(keyOf)).size !== items.length) throw new SnapshotRejected(`a ${what} occurs twice`);
}

/** A provider made ready to be called. A call holds on to the one it began with. */
export interface ServedProvider {
  readonly config: SnapshotProvider;
  readonly dialect: ProviderTypeDefinition;
  /** Path of the base URL, without a trailing slash. */
  readonly basePath: string;
  /** Why it may not be called at all, for people. */
  readonly fault: string | null;
  /** null: every model. */
  readonly models: ReadonlySet<string> | null;
  readonly credential: Credential;
  readonly pool: UpstreamPool;
}

export interface ServedToken {
  readonly config: SnapshotToken;
  readonly digest: Buffer;
}

/** The models as an admin wrote them, and as requests for them are read. */
function spellings(models: readonly string[], dialect: ProviderTypeDefinition): ReadonlySet<string> {
  return new Set(models.flatMap((model) => [model, dialect.modelId?.(model) ?? model]));
}

/** One snapshot, indexed for look-ups by the hot path; immutable but for its cache of verified tokens. */
export class SnapshotView {
  private readonly tokens = new Map<string, ServedToken>();
  private readonly providers = new Map<string, ServedProvider>();
  private readonly verified = new Map<string, ServedToken>();

  constructor(
    readonly snapshot: Snapshot,
    master: MasterKey,
    upstreams: Upstreams,
  ) {
    const generation = upstreams.begin(snapshot, master);
    for (const token of snapshot.tokens) {
      this.tokens.set(token.publicId, { config: token, digest: Buffer.from(token.digest, 'base64') });
    }
    for (const config of snapshot.providers) {
      const base = new URL(config.baseUrl);
      const dialect = dialectOf(config.type);
      this.providers.set(`${config.projectId}/${config.name}`, {
        config,
        dialect,
        basePath: base.pathname.replace(/\/+$/, ''),
        fault: baseUrlFault(base, snapshot.allowedHosts),
        models: config.models.length > 0 ? spellings(config.models, dialect) : null,
        ...generation.upstreamFor(config, dialect, base),
      });
    }
    generation.commit();
  }

  get version(): number {
    return this.snapshot.version;
  }

  provider(projectId: string, name: string): ServedProvider | undefined {
    return this.providers.get(`${projectId}/${name}`);
  }

  token(publicId: string): ServedToken | undefined {
    return this.tokens.get(publicId);
  }

  /** @param tokenHash hash of the whole token, never of a part of it. */
  verifiedToken(tokenHash: string): ServedToken | undefined {
    return this.verified.get(tokenHash);
  }

  rememberVerified(tokenHash: string, token: ServedToken): void {
    if (this.verified.size >= MAX_VERIFIED) {
      this.verified.delete(this.verified.keys().next().value as string);
    }
    this.verified.set(tokenHash, token);
  }
}

import type { Socket } from 'node:net';
import type { MasterKey, Snapshot, SnapshotProvider } from '@weir/contracts';
import { type Issuers, PUBLIC_ISSUERS } from '@weir/credentials';
import type { ProviderTypeDefinition } from '@weir/providers';
import { type Dispatcher, Pool } from 'undici';
import { Resolver } from './address-guard.js';
import { type ConnectorOptions, guardedConnector } from './connector.js';
import { type Credential, Credentials, type CredentialTools } from './credentials.js';
import { hostAndPort } from './host.js';
import { issuerDoor } from './issuer-door.js';

/** Idle upstream connections go before common servers drop them (5 s), so that a call rarely meets a dying one. */
const IDLE_CONNECTION_MS = 4_000;
const MAX_RESPONSE_HEADER_BYTES = 32 * 1024;

/** Connections to one provider's upstream. Closes itself once it was retired and the last call let go of it. */
export class UpstreamPool {
  private leases = 0;
  private isRetired = false;
  private readonly pool: Pool;
  private readonly connector: ReturnType<typeof guardedConnector>;

  constructor(
    private readonly origin: string,
    connector: ConnectorOptions,
  ) {
    this.connector = guardedConnector(connector);
    this.pool = new Pool(origin, {
      connect: this.connector,
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: IDLE_CONNECTION_MS,
      keepAliveMaxTimeout: 60_000,
      maxHeaderSize: MAX_RESPONSE_HEADER_BYTES,
      // Timed by the relay, to the millisecond and with our own codes.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  lease(): void {
    this.leases++;
  }

  release(): void {
    if (--this.leases === 0 && this.isRetired) this.close();
  }

  retire(): void {
    if (this.isRetired) return;
    this.isRetired = true;
    if (this.leases === 0) this.close();
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.pool.dispatch(options, handler);
  }

  /** A connection that is the caller's alone, made as carefully as the others. */
  connect(): Promise<Socket> {
    const { hostname, host, protocol, port } = new URL(this.origin);
    return new Promise((resolve, reject) => {
      this.connector({ hostname, host, protocol, port }, (error, socket) => {
        if (error) reject(error);
        else resolve(socket as Socket);
      });
    });
  }

  private close(): void {
    // Closing waits for open requests; there are none left, and nobody else to tell.
    this.pool.close().catch(() => undefined);
  }
}

export interface UpstreamsOptions {
  readonly resolver?: Resolver;
  readonly ca?: ConnectorOptions['ca'];
  readonly issuers?: Issuers;
  /** UTC epoch milliseconds, as tokens and roles expire by. */
  readonly nowMs?: () => number;
  readonly onCredentialFailure?: CredentialTools['onFailure'];
}

/** What calls to one provider need. */
export interface Upstream {
  readonly pool: UpstreamPool;
  readonly credential: Credential;
}

/**
 * The one way out: connections and credentials by provider. Each is kept over snapshots while what it is made of stays
 * the same.
 */
export class Upstreams {
  private pools = new Map<string, UpstreamPool>();
  private allowed: ReadonlySet<string> = new Set();
  private readonly resolver: Resolver;
  private readonly credentials: Credentials;

  constructor(private readonly options: UpstreamsOptions = {}) {
    const { ca, issuers = PUBLIC_ISSUERS, nowMs = Date.now, onCredentialFailure = () => undefined } = options;
    this.resolver = options.resolver ?? new Resolver();
    this.credentials = new Credentials({
      outbound: issuerDoor({ resolver: this.resolver, ...(ca ? { ca } : {}) }, () => this.allowed),
      issuers,
      isListed: (host) => this.allowed.has(host.toLowerCase()),
      nowMs,
      onFailure: onCredentialFailure,
    });
  }

  /** Prepares the next generation; the former pools that it does not take over retire on `commit`. */
  begin(
    snapshot: Snapshot,
    master: MasterKey,
  ): {
    upstreamFor(provider: SnapshotProvider, dialect: ProviderTypeDefinition, base: URL): Upstream;
    commit(): void;
  } {
    const allowed = new Set(snapshot.allowedHosts.map((host) => host.toLowerCase()));
    const next = new Map<string, UpstreamPool>();
    const credentials = this.credentials.begin();
    return {
      upstreamFor: (provider, dialect, base) => {
        const allowPrivate = allowed.has(hostAndPort(base));
        const { connectMs } = provider.timeouts;
        const key = JSON.stringify([provider.id, base.origin, connectMs, allowPrivate]);
        const { ca } = this.options;
        const pool =
          this.pools.get(key) ??
          new UpstreamPool(base.origin, { resolver: this.resolver, allowPrivate, connectMs, ...(ca ? { ca } : {}) });
        next.set(key, pool);
        return { pool, credential: credentials.credentialFor(master, provider, dialect, base) };
      },
      commit: () => {
        const former = this.pools;
        this.pools = next;
        this.allowed = allowed;
        credentials.commit();
        for (const [key, pool] of former) if (!next.has(key)) pool.retire();
      },
    };
  }

  close(): void {
    for (const pool of this.pools.values()) pool.retire();
    this.pools.clear();
  }
}

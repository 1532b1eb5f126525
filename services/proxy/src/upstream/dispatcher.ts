import type { Snapshot, SnapshotProvider } from '@weir/contracts';
import { type Dispatcher, Pool } from 'undici';
import { Resolver } from './address-guard.js';
import { type ConnectorOptions, guardedConnector } from './connector.js';

/** Idle upstream connections go before common servers drop them (5 s), so that a call rarely meets a dying one. */
const IDLE_CONNECTION_MS = 4_000;
const MAX_RESPONSE_HEADER_BYTES = 32 * 1024;

/** Connections to one provider's upstream. Closes itself once it was retired and the last call let go of it. */
export class UpstreamPool {
  private leases = 0;
  private isRetired = false;
  private readonly pool: Pool;

  constructor(origin: string, connector: ConnectorOptions) {
    this.pool = new Pool(origin, {
      connect: guardedConnector(connector),
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

  private close(): void {
    // Closing waits for open requests; there are none left, and nobody else to tell.
    this.pool.close().catch(() => undefined);
  }
}

export interface UpstreamsOptions {
  readonly resolver?: Resolver;
  readonly ca?: ConnectorOptions['ca'];
}

/** Pools by provider. A pool is kept over snapshots while what it connects to stays the same. */
export class Upstreams {
  private pools = new Map<string, UpstreamPool>();
  private readonly resolver: Resolver;

  constructor(private readonly options: UpstreamsOptions = {}) {
    this.resolver = options.resolver ?? new Resolver();
  }

  /** Prepares the next generation; the former pools that it does not take over retire on `commit`. */
  begin(snapshot: Snapshot): { poolFor(provider: SnapshotProvider, base: URL): UpstreamPool; commit(): void } {
    const allowed = new Set(snapshot.allowedHosts.map((host) => host.toLowerCase()));
    const next = new Map<string, UpstreamPool>();
    return {
      poolFor: (provider, base) => {
        const allowPrivate = allowed.has(hostAndPort(base));
        const { connectMs } = provider.timeouts;
        const key = JSON.stringify([provider.id, base.origin, connectMs, allowPrivate]);
        const { ca } = this.options;
        const pool =
          this.pools.get(key) ??
          new UpstreamPool(base.origin, { resolver: this.resolver, allowPrivate, connectMs, ...(ca ? { ca } : {}) });
        next.set(key, pool);
        return pool;
      },
      commit: () => {
        const former = this.pools;
        this.pools = next;
        for (const [key, pool] of former) if (!next.has(key)) pool.retire();
      },
    };
  }

  close(): void {
    for (const pool of this.pools.values()) pool.retire();
    this.pools.clear();
  }
}

/** `host:port` as the operator lists it, the port always written. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`.toLowerCase();
}

/** Why a base URL may not be called, for people; null when it may. */
export function baseUrlFault(base: URL, allowedHosts: readonly string[]): string | null {
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return 'its base URL is neither https nor http';
  if (base.username || base.password) return 'its base URL holds a user name or password';
  if (base.search || base.hash) return 'its base URL holds a query or fragment';
  if (base.protocol === 'http:' && !allowedHosts.some((host) => host.toLowerCase() === hostAndPort(base))) {
    return 'its base URL is not https and its host is not in WEIR_ALLOWED_HOSTS';
  }
  return null;
}

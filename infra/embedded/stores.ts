import { type ClickHouse, clickhouse } from './clickhouse.js';
import type { Home } from './home.js';
import { freePort } from './ports.js';
import { type Postgres, postgres } from './postgres.js';
import { findRedisServer, redis } from './redis.js';
import type { Supervisor } from './supervise.js';

export type QueueKind = 'redis' | 'postgres';

/** Servers the operator runs himself; what is absent runs here. */
export interface GivenStores {
  readonly databaseUrl?: string | undefined;
  readonly clickhouseUrl?: string | undefined;
  readonly queueUrl?: string | undefined;
  /** Forces the kind of queue that runs here. */
  readonly queue?: QueueKind | undefined;
}

export interface Stores {
  readonly databaseUrl: string;
  /** Writes: the worker and migrations. */
  readonly clickhouseUrl: string;
  /** Reads only: the control plane. */
  readonly clickhouseReaderUrl: string;
  readonly queueUrl: string;
  /** Where the queue is, in words for a person. */
  readonly queueLabel: string;
  readonly postgres: Postgres | undefined;
  readonly clickhouse: ClickHouse | undefined;
}

/** @throws when Redis is forced and no server is found on the PATH */
function chooseQueue(given: GivenStores): { kind: QueueKind; command: string } {
  if (given.queue === 'postgres') return { kind: 'postgres', command: '' };
  const command = findRedisServer();
  if (command) return { kind: 'redis', command };
  if (given.queue === 'redis') {
    throw new Error(
      'WEIR_QUEUE=redis, but neither valkey-server nor redis-server is on the PATH; install one or set REDIS_URL.',
    );
  }
  return { kind: 'postgres', command: '' };
}

/** Starts the servers that are not given, side by side, and makes their databases. */
export async function startStores(
  home: Home,
  supervisor: Supervisor,
  given: GivenStores,
  say: (line: string) => void,
): Promise<Stores> {
  const queue = given.queueUrl ? null : chooseQueue(given);
  const needsPostgres = !given.databaseUrl || queue?.kind === 'postgres';
  const [pgPort, chPort, redisPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const pg = needsPostgres ? postgres(home, pgPort, say) : undefined;
  const ch = given.clickhouseUrl ? undefined : clickhouse(home, chPort);
  const conveyor = queue?.kind === 'redis' ? redis(home, queue.command, redisPort) : undefined;
  const started = await Promise.allSettled([
    pg && supervisor.start(pg.spec).then(() => pg.provide()),
    ch && supervisor.start(ch.spec).then(() => ch.provide()),
    conveyor && supervisor.start(conveyor.spec),
  ]);
  for (const outcome of started) if (outcome.status === 'rejected') throw outcome.reason;
  return {
    databaseUrl: given.databaseUrl ?? (pg?.databaseUrl as string),
    clickhouseUrl: given.clickhouseUrl ?? (ch?.writerUrl as string),
    clickhouseReaderUrl: given.clickhouseUrl ?? (ch?.readerUrl as string),
    queueUrl: given.queueUrl ?? conveyor?.url ?? (pg?.queueUrl as string),
    queueLabel: labelOf(given, queue),
    postgres: pg,
    clickhouse: ch,
  };
}

function labelOf(given: GivenStores, queue: { kind: QueueKind; command: string } | null): string {
  if (!queue) return `${/^postgres/.test(given.queueUrl ?? '') ? 'PostgreSQL' : 'Redis'} (yours)`;
  if (queue.kind === 'redis') return `Redis (${queue.command})`;
  return given.queue === 'postgres' ? 'PostgreSQL' : 'PostgreSQL (no redis-server or valkey-server on the PATH)';
}

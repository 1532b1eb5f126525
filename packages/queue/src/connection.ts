import { WeirError } from '@weir/contracts';
import { type BackendFactory, createPostgresBackend, type IQueueBackend } from 'bullmq';
import { Redis } from 'ioredis';

/** Schema BullMQ keeps its tables in when the queue is on PostgreSQL. */
const SCHEMA = 'bullmq';

/**
 * Where the queue is: `redis://`, `rediss://` or `unix:` for Redis and Valkey, `postgres://` for BullMQ's PostgreSQL
 * backend. A producer never waits for a server that is away; a consumer waits for ever.
 */
export interface QueueConnection {
  readonly kind: 'redis' | 'postgres';
  readonly connection: Redis | { connectionString: string; schema: string; max: number };
  readonly backend: BackendFactory<IQueueBackend, never> | undefined;
  /** False while commands would be rejected. */
  isReady(): boolean;
  /** Closes what BullMQ does not own. */
  close(): Promise<void>;
}

const RECONNECT_MAX_MS = 2_000;

/** @throws WeirError `QUEUE_URL_INVALID` */
export function connect(url: string, role: 'producer' | 'consumer', onError: (error: Error) => void): QueueConnection {
  if (/^postgres(ql)?:\/\//.test(url)) {
    return {
      kind: 'postgres',
      connection: { connectionString: url, schema: SCHEMA, max: 4 },
      backend: createPostgresBackend as unknown as BackendFactory<IQueueBackend, never>,
      isReady: () => true,
      close: async () => undefined,
    };
  }
  if (!/^(rediss?|unix):/.test(url)) {
    throw new WeirError(
      'QUEUE_URL_INVALID',
      'WEIR_QUEUE_URL must start with redis://, rediss://, unix: or postgres://',
    );
  }
  const retryStrategy = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 6), RECONNECT_MAX_MS);
  const options = { retryStrategy, connectTimeout: 5_000 };
  const redis =
    role === 'producer'
      ? new Redis(url, { ...options, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 5_000 })
      : new Redis(url, { ...options, maxRetriesPerRequest: null });
  redis.on('error', onError);
  return {
    kind: 'redis',
    connection: redis,
    backend: undefined,
    isReady: () => redis.status === 'ready',
    close: async () => {
      redis.disconnect();
    },
  };
}

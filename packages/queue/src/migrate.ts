import { Queue } from 'bullmq';
import { connect } from './connection.js';

/** Creates BullMQ's tables when the queue is on PostgreSQL; nothing to do on Redis. Safe to run twice. */
export async function migrateQueue(url: string): Promise<void> {
  const target = connect(url, 'consumer', () => undefined);
  try {
    if (target.kind !== 'postgres') return;
    const queue = new Queue(
      'migrate',
      { connection: { ...target.connection, migrate: true } as never },
      target.backend as never,
    );
    await queue.waitUntilReady();
    await queue.close();
  } finally {
    await target.close();
  }
}

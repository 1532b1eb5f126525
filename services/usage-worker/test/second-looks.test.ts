import { setTimeout as sleep } from 'node:timers/promises';
import { migrateQueue } from '@weir/queue';
import { expect, test } from 'vitest';
import { SecondLooks } from '../src/transcripts/late/second-looks.js';
import { startPostgres } from './support/postgres.js';
import { startRedis } from './support/redis.js';

test.each([
  ['redis', startRedis],
  ['postgres', startPostgres],
] as const)('one worker of all looks at a time, and another goes on when it stops: %s', async (_kind, start) => {
  const queue = await start();
  await migrateQueue(queue.url);
  const looks: number[] = [];
  let looking = 0;
  let most = 0;
  const worker = (n: number) =>
    new SecondLooks({
      ...{ queueUrl: queue.url, everyMs: 20, log: () => undefined },
      look: async (signal) => {
        most = Math.max(most, ++looking);
        looks.push(n);
        await sleep(100, undefined, { signal }).catch(() => undefined);
        looking--;
      },
    });
  const workers = [worker(0), worker(1), worker(2)];
  for (const one of workers) one.start();
  try {
    await expect.poll(() => looks.length, { timeout: 30_000 }).toBeGreaterThan(4);
    await workers[0]?.stop();
    await workers[1]?.stop();
    const before = looks.length;
    await expect.poll(() => looks.slice(before).filter((n) => n === 2).length, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(most).toBe(1);
  } finally {
    await Promise.all(workers.map((one) => one.stop()));
    await queue.stop();
  }
});

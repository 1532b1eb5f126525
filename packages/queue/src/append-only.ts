import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

const ASK_EVERY_MS = 100;

/**
 * Has Redis write its append-only file anew: what jobs held before they were emptied stays in it until then.
 * @param patienceMs for the server, which writes as much as its jobs hold at present
 * @returns false where it was not written anew in time; true also of a server that keeps no such file
 */
export async function rewriteAppendOnly(redis: Redis, patienceMs: number, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  const settled = async () => {
    for (;;) {
      const state = await persistence(redis);
      if (state.get('aof_enabled') !== '1') return state;
      if (state.get('aof_rewrite_in_progress') === '0' && state.get('aof_rewrite_scheduled') === '0') return state;
      if (performance.now() > deadline || signal.aborted) return null;
      await sleep(ASK_EVERY_MS);
    }
  };
  // One that has begun may have seen what is gone by now.
  const before = await settled();
  if (before === null) return false;
  if (before.get('aof_enabled') !== '1') return true;
  await redis.bgrewriteaof();
  return (await settled())?.get('aof_last_bgrewrite_status') === 'ok';
}

async function persistence(redis: Redis): Promise<Map<string, string>> {
  const lines = (await redis.info('persistence')).split(/\r?\n/).filter((line) => line.includes(':'));
  return new Map(lines.map((line) => line.split(':', 2) as [string, string]));
}

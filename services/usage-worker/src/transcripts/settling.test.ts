import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Settling } from './settling.js';

const HOUR_MS = 3_600_000;
const ITEMS = 40;

/** Ends of calls, a millisecond after each other, as the batches of two processes: each has every other call. */
function backlog(batches: number, startMs: number): number[][][] {
  return [0, 1].map((source) =>
    Array.from({ length: batches }, (_, batch) =>
      Array.from({ length: ITEMS }, (_, n) => startMs + 2 * (batch * ITEMS + n) + source),
    ),
  );
}

/** Each process has two batches on their way, and sends the next some time after one is stored. */
async function send(settling: Settling<number>, all: readonly number[][][], afterMs: readonly number[]): Promise<void> {
  await Promise.all(
    all.flatMap((batches, source) => {
      const left = [...batches];
      const go = async (): Promise<void> => {
        for (let batch = left.shift(); batch !== undefined; batch = left.shift()) {
          await settling.settle(batch, `process-${source}`);
          await sleep(afterMs[source]);
        }
      };
      return [go(), go()];
    }),
  );
}

test('a backlog of two processes is given on in the order in which calls ended, however fast either sends', async () => {
  const given: number[] = [];
  const settling = new Settling<number>(
    (endedMs) => endedMs,
    async (items) => void given.push(...items),
  );
  const all = backlog(6, Date.now() - HOUR_MS);
  await send(settling, all, [0, 400]);
  expect(given).toEqual(all.flat(2).sort((a, b) => a - b));
});

test('a process that has nothing more holds up nobody for good', async () => {
  const given: number[] = [];
  const settling = new Settling<number>(
    (endedMs) => endedMs,
    async (items) => void given.push(...items),
  );
  const [first, second] = backlog(4, Date.now() - HOUR_MS) as [number[][], number[][]];
  await send(settling, [first, second.slice(0, 1)], [0, 0]);
  expect(given).toHaveLength(5 * ITEMS);
});

test('what fails comes again, and the others go on', async () => {
  let failures = 1;
  const given: number[] = [];
  const settling = new Settling<number>(
    (endedMs) => endedMs,
    async (items) => {
      if (failures-- > 0) throw new Error('away');
      given.push(...items);
    },
  );
  const [first, second] = backlog(1, Date.now() - HOUR_MS) as [number[][], number[][]];
  await expect(settling.settle(first[0] as number[], 'a')).rejects.toThrow('away');
  await settling.settle(second[0] as number[], 'b');
  await settling.settle(first[0] as number[], 'a');
  expect(given).toEqual([...(second[0] as number[]), ...(first[0] as number[])]);
});

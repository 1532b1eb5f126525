import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type BatchExporter, type SpanBatch, SpanQueue } from './span-queue.js';
import type { FinishedSpan } from './telemetry.js';

class Batch implements SpanBatch {
  size = 0;

  add(): void {
    this.size++;
  }
}

type Done = Parameters<BatchExporter<Batch>['export']>[1];

/** A collector that answers when it is told to. */
function collector() {
  const asked: { readonly spans: number; readonly done: Done }[] = [];
  const exporter: BatchExporter<Batch> = {
    export: ({ size }, done) => void asked.push({ spans: size, done }),
    shutdown: async () => undefined,
  };
  return { asked, exporter };
}

const span = {} as FinishedSpan;
const queueOf = (exporter: BatchExporter<Batch>, failures: string[] = []) => {
  const options = { maxWaiting: 10, atOnce: 4, everyMs: 5, onFailure: (reason: string) => failures.push(reason) };
  return new SpanQueue(() => new Batch(), exporter, options);
};

it('a collector that does not answer is asked once, and what finds no room is dropped and counted', async () => {
  const { asked, exporter } = collector();
  const queue = queueOf(exporter);
  for (let n = 0; n < 50; n++) queue.add(span);
  await sleep(20);
  expect(asked.map(({ spans }) => spans)).toEqual([4]);
  expect(queue.counts).toEqual({ exported: 0, dropped: 36 });
});

it('batches go one after the other, and each span is counted once', async () => {
  const { asked, exporter } = collector();
  const failures: string[] = [];
  const queue = queueOf(exporter, failures);
  for (let n = 0; n < 9; n++) queue.add(span);
  const flushed = queue.shutdown();
  for (let n = 0; n < 3; n++) {
    await expect.poll(() => asked.length).toBe(n + 1);
    asked[n]?.done(n === 1 ? { code: 1, error: new Error('away') } : { code: 0 });
  }
  await flushed;
  expect(asked.map(({ spans }) => spans)).toEqual([4, 4, 1]);
  expect(queue.counts).toEqual({ exported: 5, dropped: 4 });
  expect(failures).toEqual(['away']);
});

it('what is left at the end is given up and counted', () => {
  const { exporter } = collector();
  const queue = queueOf(exporter);
  for (let n = 0; n < 7; n++) queue.add(span);
  queue.abandon();
  queue.add(span);
  expect(queue.counts).toEqual({ exported: 0, dropped: 4 });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { SpanQueue } from './span-queue.js';

type Done = Parameters<SpanExporter['export']>[1];

/** A collector that answers when it is told to. */
function collector() {
  const asked: { readonly spans: number; readonly done: Done }[] = [];
  const exporter: SpanExporter = {
    export: (spans, done) => void asked.push({ spans: spans.length, done }),
    shutdown: async () => undefined,
  };
  return { asked, exporter };
}

const span = {} as ReadableSpan;
const queueOf = (exporter: SpanExporter, failures: string[] = []) =>
  new SpanQueue(exporter, { maxWaiting: 10, atOnce: 4, everyMs: 5, onFailure: (reason) => failures.push(reason) });

it('a collector that does not answer is asked once, and what finds no room is dropped and counted', async () => {
  const { asked, exporter } = collector();
  const queue = queueOf(exporter);
  for (let n = 0; n < 50; n++) queue.onEnd(span);
  await sleep(20);
  expect(asked.map(({ spans }) => spans)).toEqual([4]);
  expect(queue.counts).toEqual({ exported: 0, dropped: 36 });
});

it('batches go one after the other, and each span is counted once', async () => {
  const { asked, exporter } = collector();
  const failures: string[] = [];
  const queue = queueOf(exporter, failures);
  for (let n = 0; n < 9; n++) queue.onEnd(span);
  const flushed = queue.forceFlush();
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
  for (let n = 0; n < 7; n++) queue.onEnd(span);
  queue.abandon();
  queue.onEnd(span);
  expect(queue.counts).toEqual({ exported: 0, dropped: 4 });
});

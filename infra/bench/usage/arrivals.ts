import { setTimeout as sleep } from 'node:timers/promises';
import { countEvents, eventsPage, type Reader } from '@weir/clickhouse';
import { crc32c, newId, USAGE_QUEUE, type UsageEvent } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { storedEvent } from '../../seed/stored-event.js';

export interface Arrivals {
  /** Stops sending; resolves with what was sent, and what of it was stored by then. */
  stop(): Promise<{ readonly sent: number; readonly stored: number; readonly seconds: number }>;
}

/** As two busy processes of a proxy cut them, one every 0.8 s. */
const BATCHES_PER_SECOND = 2.5;
const PATTERNS = 20_000;
const DAY_MS = 86_400_000;

/**
 * Events that arrive as those of a proxy do: in batches through the queue, rated and stored by the worker. They are made
 * after stored ones, so that they have the same mix; each begins when it is sent.
 */
export async function startArrivals(
  reader: Reader,
  {
    queueUrl,
    projectId,
    perSecond,
  }: { readonly queueUrl: string; readonly projectId: string; readonly perSecond: number },
): Promise<Arrivals> {
  const startedAt = Date.now();
  const patterns = await patternsOf(reader, projectId, startedAt);
  const producer = openProducer({
    url: queueUrl,
    queue: USAGE_QUEUE,
    onCompleted: () => undefined,
    onError: () => undefined,
  });
  const run = newId();
  const scope = { projectId, from: startedAt, to: startedAt + DAY_MS };
  const before = await countEvents(reader, scope, {});
  const startMs = performance.now();
  let sent = 0;
  let isOn = true;
  const sending = (async () => {
    for (let batch = 0; isOn; batch++) {
      const size = Math.round(perSecond / BATCHES_PER_SECOND);
      const events = Array.from({ length: size }, (_, index) =>
        anew(patterns[(sent + index) % patterns.length] as UsageEvent),
      );
      const body = JSON.stringify(events);
      const times = events.map((event) => event.startedAt);
      const batchId = `bench-${run}-${batch}`;
      const isTaken = await producer
        .add(batchId, {
          ...{ v: 1, batchId, events: size, crc32c: crc32c(Buffer.from(body)) },
          ...{ from: Math.min(...times), to: Math.max(...times), body },
        })
        .then(
          () => true,
          () => false,
        );
      if (isTaken) sent += size;
      await sleep(Math.max(0, (batch + 1) * (1_000 / BATCHES_PER_SECOND) - (performance.now() - startMs)));
    }
  })();
  return {
    async stop() {
      isOn = false;
      await sending;
      const seconds = (performance.now() - startMs) / 1_000;
      const stored = (await countEvents(reader, scope, {})) - before;
      await producer.close();
      return { sent, stored, seconds };
    },
  };
}

function anew(pattern: UsageEvent): UsageEvent {
  return { ...pattern, eventId: newId(), callId: newId(), attempt: 1, startedAt: Date.now(), proxyId: 'usage-bench' };
}

async function patternsOf(reader: Reader, projectId: string, nowMs: number): Promise<UsageEvent[]> {
  const scope = { projectId, from: nowMs - 3 * DAY_MS, to: nowMs };
  const page = await eventsPage(reader, scope, { filter: {}, after: null, first: PATTERNS });
  if (page.length === 0) throw new Error('there are no events of the last three days to make arrivals after');
  return page.map(storedEvent);
}

import { setTimeout as delay } from 'node:timers/promises';
import {
  BATCH_MAX_EVENTS,
  crc32c,
  DOOR,
  type Heartbeat,
  USAGE_QUEUE,
  type UsageBatch,
  type UsageEvent,
} from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { request } from 'undici';

const PENDING_POLL_MS = 250;

interface Destination {
  /** The journal that the events count as; the meter adds it to the proxies' own. */
  readonly journal: string;
  readonly queueUrl: string;
  readonly doorUrl: string;
  readonly doorToken: string;
  /** The newest, so that the console does not show a proxy that lags behind. */
  readonly snapshotVersion: number;
}

function batches(journal: string, events: readonly UsageEvent[]): UsageBatch[] {
  const cut: UsageBatch[] = [];
  for (let start = 0; start < events.length; start += BATCH_MAX_EVENTS) {
    const part = events.slice(start, start + BATCH_MAX_EVENTS);
    const body = JSON.stringify(part);
    const times = part.map(({ startedAt }) => startedAt);
    cut.push({
      v: 1,
      batchId: `${journal}-${cut.length}`,
      events: part.length,
      crc32c: crc32c(Buffer.from(body)),
      from: Math.min(...times),
      to: Math.max(...times),
      body,
    });
  }
  return cut;
}

/**
 * Sends events the way a proxy does: in batches through the queue, so that the worker rates and stores them, and with a
 * report to the control plane, so that the meter agrees. Safe to repeat: the batches are the same and stored once.
 */
export async function sendHistory(
  events: readonly UsageEvent[],
  { journal, queueUrl, doorUrl, doorToken, snapshotVersion }: Destination,
): Promise<void> {
  const report = (confirmed: number) =>
    postHeartbeat(doorUrl, doorToken, {
      proxyId: journal,
      snapshotVersion,
      snapshotAgeMs: 0,
      inFlight: 0,
      journals: [{ journalId: journal, appended: events.length, confirmed, quarantined: 0 }],
    });
  const producer = openProducer({
    url: queueUrl,
    queue: USAGE_QUEUE,
    onCompleted: () => undefined,
    onError: () => undefined,
  });
  try {
    await report(0);
    const sent = batches(journal, events);
    const isPending = new Set(sent.map(({ batchId }) => batchId));
    while (isPending.size > 0) {
      for (const batch of sent.filter(({ batchId }) => isPending.has(batchId))) {
        const state = await producer.state(batch.batchId).catch(() => 'pending' as const);
        if (state === 'completed') isPending.delete(batch.batchId);
        if (state === 'missing') await producer.add(batch.batchId, batch).catch(() => undefined);
        if (state === 'failed') await producer.retry(batch.batchId);
      }
      await delay(PENDING_POLL_MS);
    }
    await report(events.length);
  } finally {
    await producer.close();
  }
}

/** Reports journals to the control plane as a proxy does, so that its meter counts their events as served. */
export async function postHeartbeat(doorUrl: string, doorToken: string, heartbeat: Heartbeat): Promise<void> {
  const { statusCode, body } = await request(`${doorUrl}${DOOR.heartbeat}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${doorToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(heartbeat),
  });
  await body.dump();
  if (statusCode >= 300) throw new Error(`the control plane's door answered ${statusCode}`);
}

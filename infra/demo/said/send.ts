import { setTimeout as delay } from 'node:timers/promises';
import { TRANSCRIPT_BATCH_MAX_BYTES, TRANSCRIPT_QUEUE, type TranscriptBatch, transcriptBatchOf } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import { demoRedactor, frameOf } from './frames.js';
import type { ToldCall } from './tell.js';

const SPOOL = 'demo-said';
const PENDING_POLL_MS = 250;

/** Batches of calls in the order in which they ended. */
function* batches(calls: readonly ToldCall[]): Generator<TranscriptBatch> {
  const redactor = demoRedactor();
  let frames: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  for (const call of calls) {
    const frame = frameOf(call, redactor);
    if (bytes + frame.length > TRANSCRIPT_BATCH_MAX_BYTES && frames.length > 0) {
      yield transcriptBatchOf(`${SPOOL}-${number++}`, Buffer.concat(frames));
      frames = [];
      bytes = 0;
    }
    frames.push(frame);
    bytes += frame.length;
  }
  if (frames.length > 0) yield transcriptBatchOf(`${SPOOL}-${number}`, Buffer.concat(frames));
}

/** Sends recorded calls the way a proxy does. Safe to repeat: each is stored once. */
export async function sendSaid(queueUrl: string, calls: readonly ToldCall[], signal: AbortSignal): Promise<void> {
  const nothing = () => undefined;
  const producer = openProducer({ url: queueUrl, queue: TRANSCRIPT_QUEUE, onCompleted: nothing, onError: nothing });
  try {
    for (const batch of batches(calls)) {
      while (!signal.aborted) {
        const state = await producer.state(batch.batchId).catch(() => 'pending' as const);
        if (state === 'completed') break;
        if (state === 'missing') await producer.add(batch.batchId, batch).catch(nothing);
        if (state === 'failed') await producer.retry(batch.batchId);
        await delay(PENDING_POLL_MS, undefined, { signal }).catch(nothing);
      }
    }
  } finally {
    await producer.close();
  }
}

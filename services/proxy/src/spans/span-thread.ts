import { parentPort, workerData } from 'node:worker_threads';
import { SPAN_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import type { HostedSaid, HostedTold } from '../recording/spool/hosted-thread.js';
import { Shipper } from '../recording/spool/shipper.js';
import { Spool } from '../recording/spool/spool.js';
import type { ThreadData } from '../recording/thread-messages.js';
import { takeIn } from './intake.js';
import type { FromSpanThread, ToSpanThread } from './thread-messages.js';

const REPORT_EVERY_MS = 200;

const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl } = workerData as ThreadData;
const tell = (message: FromSpanThread | HostedSaid): void => parentPort?.postMessage(message);
const trouble = (error: unknown): void => tell({ kind: 'trouble', error: (error as Error).message });

const spool = new Spool({ directory, adopted, quotaBytes, ...(diskFreeBytes !== undefined && { diskFreeBytes }) });
const shipper = new Shipper({
  spool,
  openQueue: (onCompleted) => openProducer({ url: queueUrl, queue: SPAN_QUEUE, onCompleted, onError: trouble }),
  onDamaged: () => trouble(new Error('a spooled batch of spans cannot be read any more')),
  onError: trouble,
});

let toldBytes = 0;
setInterval(() => {
  if (spool.bytes !== toldBytes) tell({ kind: 'spool', bytes: spool.bytes });
  toldBytes = spool.bytes;
}, REPORT_EVERY_MS);

parentPort?.on('message', (message: ToSpanThread | HostedTold) => {
  if (message.kind === 'close') {
    void close(message.withinMs);
    return;
  }
  const { id, delivery } = message;
  const taken = takeIn(delivery);
  if ('refused' in taken) {
    tell({ kind: 'settled', id, outcome: taken });
    return;
  }
  const { frames, ...counts } = taken;
  // Where some have no room, those before are sent once more with the rest, and stored once.
  const full = spool.append(frames).find((reason) => reason !== null);
  tell({ kind: 'settled', id, outcome: full ? { full } : counts });
});

async function close(withinMs: number): Promise<void> {
  await shipper.stop(performance.now() + withinMs);
  spool.close();
  tell({ kind: 'closed' });
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { TRANSCRIPT_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import type { DropReason, HandedCall } from './finished-call.js';
import { FrameMaker } from './frame-maker.js';
import { callsOf } from './parcel.js';
import { Shipper } from './spool/shipper.js';
import { Spool } from './spool/spool.js';
import type { FromThread, ThreadData, ToThread } from './thread-messages.js';

const REPORT_EVERY_CALLS = 64;
const REPORT_EVERY_MS = 200;

const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl } = workerData as ThreadData;
const tell = (message: FromThread): void => parentPort?.postMessage(message);
const trouble = (error: unknown): void => tell({ kind: 'trouble', error: (error as Error).message });

let damaged = 0;
const spool = new Spool({ directory, adopted, quotaBytes, ...(diskFreeBytes !== undefined && { diskFreeBytes }) });
const shipper = new Shipper({
  spool,
  openQueue: (onCompleted) => openProducer({ url: queueUrl, queue: TRANSCRIPT_QUEUE, onCompleted, onError: trouble }),
  onDamaged: () => {
    damaged++;
  },
  onError: trouble,
});

const frames = new FrameMaker();
const inbox: HandedCall[] = [];
let settled: { id: number; dropped: DropReason | null }[] = [];
let toldMs = 0;
let toldBytes = -1;
let working: Promise<void> | null = null;

function report(): void {
  toldMs = performance.now();
  toldBytes = spool.bytes;
  tell({ kind: 'settled', calls: settled, damaged, spoolBytes: spool.bytes });
  settled = [];
  damaged = 0;
}

async function record(call: HandedCall): Promise<DropReason | null> {
  try {
    return spool.append(await frames.frameOf(call));
  } catch {
    // What a parser or a coder says of a body quotes from it, and goes no further than this.
    return 'thread';
  }
}

async function work(): Promise<void> {
  for (let call = inbox.shift(); call !== undefined; call = inbox.shift()) {
    settled.push({ id: call.id, dropped: await record(call) });
    const isDue = settled.length >= REPORT_EVERY_CALLS || performance.now() - toldMs > REPORT_EVERY_MS;
    if (isDue || inbox.length === 0) report();
    // Between two calls the queue has its turn.
    await nextTurn();
  }
  working = null;
}

async function close(withinMs: number): Promise<void> {
  const deadlineMs = performance.now() + withinMs;
  while (working !== null && performance.now() < deadlineMs) await nextTurn();
  inbox.length = 0;
  await shipper.stop(deadlineMs);
  spool.close();
  report();
  tell({ kind: 'closed' });
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'close') {
    void close(message.withinMs);
    return;
  }
  inbox.push(...callsOf(message.parcel));
  working ??= work();
});
setInterval(() => {
  if (spool.bytes !== toldBytes || damaged > 0) report();
}, REPORT_EVERY_MS);

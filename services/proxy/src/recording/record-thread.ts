import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { TRANSCRIPT_QUEUE } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import type { DropReason, HandedCall } from './finished-call.js';
import { FrameMaker } from './frame-maker.js';
import { callsOf } from './parcel.js';
import { Scratch } from './scratch.js';
import type { HostedSaid, HostedTold } from './spool/hosted-thread.js';
import { Shipper } from './spool/shipper.js';
import { Spool } from './spool/spool.js';
import type { Dropped, FromThread, ThreadData, ToThread } from './thread-messages.js';

const REPORT_EVERY_MS = 200;
/** Worked through before the queue has its turn, and written together. */
const AT_ONCE_MS = 5;
const AT_ONCE_BYTES = 512 * 1024;

const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl } = workerData as ThreadData;
const tell = (message: FromThread | HostedSaid): void => parentPort?.postMessage(message);
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

const maker = new FrameMaker();
/** Of the frames made at once, until they are in the spool. */
const scratch = new Scratch(2 * AT_ONCE_BYTES);
const inbox: HandedCall[] = [];
let toldBytes = -1;
let working: Promise<void> | null = null;

function report(calls: number, dropped: Dropped): void {
  toldBytes = spool.bytes;
  tell({ kind: 'settled', calls, dropped, damaged, spool: { bytes: spool.bytes, waitsSinceMs: spool.waitsSinceMs } });
  damaged = 0;
}

/** null where it cannot be made: what a parser or a coder says of a body quotes from it, and goes no further than this. */
const frameOf = (call: HandedCall): Promise<Buffer | null> => maker.frameOf(call, scratch.place).catch(() => null);

/** Records the next few calls. */
async function record(): Promise<void> {
  const dueMs = performance.now() + AT_ONCE_MS;
  const frames: Buffer[] = [];
  let [calls, bytes] = [0, 0];
  do {
    const frame = await frameOf(inbox[calls++] as HandedCall);
    if (frame === null) continue;
    frames.push(frame);
    bytes += frame.length;
  } while (calls < inbox.length && bytes < AT_ONCE_BYTES && performance.now() < dueMs);
  inbox.splice(0, calls);
  const dropped: Dropped = calls === frames.length ? {} : { thread: calls - frames.length };
  for (const reason of spool.append(frames)) count(dropped, reason);
  scratch.clear();
  report(calls, dropped);
}

function count(dropped: Dropped, reason: DropReason | null): void {
  if (reason !== null) dropped[reason] = (dropped[reason] ?? 0) + 1;
}

async function work(): Promise<void> {
  while (inbox.length > 0) {
    await record();
    // In between the queue has its turn.
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
  report(0, {});
  tell({ kind: 'closed' });
}

parentPort?.on('message', (message: ToThread | HostedTold) => {
  if (message.kind === 'close') {
    void close(message.withinMs);
    return;
  }
  inbox.push(...callsOf(message.parcel));
  working ??= work();
});
setInterval(() => {
  if (spool.bytes !== toldBytes || damaged > 0) report(0, {});
}, REPORT_EVERY_MS);

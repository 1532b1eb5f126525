import type { SnapshotProvider } from '@weir/contracts';
import type { Log } from '../log.js';
import { MemoryRoom } from '../memory-room.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import type { OpenEvent } from '../metering/event.js';
import type { Metrics } from '../metrics/metrics.js';
import { isRecorded, sidesToRecord } from './decision.js';
import type { DropReason, FinishedCall } from './finished-call.js';
import { headOf } from './head.js';
import { Recording } from './recording.js';
import { hasBatches } from './spool/batches.js';
import { RecordThread } from './thread.js';
import type { ThreadData } from './thread-messages.js';

/** Bodies of all calls of a process, until the thread is done with them. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const MAX_WAITING = 2_000;
/** Calls that end within it go to the thread together. */
const HAND_OVER_MS = 20;
const HAND_OVER_BYTES = 3 * 1024 * 1024;

export interface RecorderOptions extends ThreadData {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly threadUrl?: URL | undefined;
  readonly maxHeldBytes?: number | undefined;
  readonly maxWaiting?: number | undefined;
}

interface Waiting {
  readonly heldBytes: number;
}

/**
 * Records calls of providers that ask for it: takes what passes beside the stream, and hands it to a thread once the
 * call is over. Nothing here waits for the thread; what it cannot take is dropped and counted.
 */
export class Recorder {
  private readonly room: MemoryRoom;
  private readonly thread: RecordThread;
  private readonly waiting = new Map<number, Waiting>();
  private batch: FinishedCall[] = [];
  private batchBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private nextId = 1;
  private isClosed = false;
  /** What the spool takes on disk. */
  spoolBytes = 0;

  constructor(private readonly options: RecorderOptions) {
    this.room = new MemoryRoom(options.maxHeldBytes ?? MAX_HELD_BYTES);
    this.thread = new RecordThread(options, {
      onSettled: (calls, damaged, spoolBytes) => {
        for (const { id, dropped } of calls) this.settle(id, dropped);
        if (damaged > 0) this.count('damaged', damaged);
        this.spoolBytes = spoolBytes;
      },
      onLost: () => {
        for (const id of [...this.waiting.keys()]) this.settle(id, 'thread');
      },
    });
    // What a former process spooled goes on its way even when nothing more is recorded.
    if ([options.directory, ...options.adopted].some(hasBatches)) this.thread.start();
  }

  /** Calls of these may come: those that are to be recorded do not wait for the thread to start. */
  expect(providers: readonly SnapshotProvider[]): void {
    if (!this.isClosed && this.thread.isUsable && providers.some(isRecorded)) this.thread.start();
  }

  /** null: the call is not recorded, and nothing of it is to be kept. */
  begin(provider: SnapshotProvider, callId: string): Recording | null {
    const sides = sidesToRecord(provider, callId);
    return sides === null || this.isClosed ? null : new Recording(provider.recording, sides, this.room);
  }

  /** The call is over, and its event recorded. */
  finish(recording: Recording, event: OpenEvent, rawHeaders: readonly string[], mask: CredentialMask): void {
    const reason = this.reasonToDrop(recording);
    if (reason !== null) {
      recording.drop();
      this.count(reason);
      return;
    }
    const { heldBytes, settings } = recording;
    const id = this.nextId++;
    this.waiting.set(id, { heldBytes });
    const head = headOf(event, settings.retentionDays);
    this.batch.push({
      id,
      head,
      headerLines: rawHeaders.join('\n'),
      ...recording.take(),
      settings,
      secrets: mask.secrets,
    });
    this.batchBytes += heldBytes;
    if (this.batchBytes >= HAND_OVER_BYTES) this.handOver();
    else this.timer ??= setTimeout(() => this.handOver(), HAND_OVER_MS).unref();
  }

  /** Gives the thread so long for what it has. */
  async close(withinMs: number): Promise<void> {
    this.isClosed = true;
    this.handOver();
    await this.thread.close(withinMs);
  }

  private reasonToDrop(recording: Recording): DropReason | null {
    if (recording.isLost) return 'memory';
    if (this.isClosed || this.waiting.size >= (this.options.maxWaiting ?? MAX_WAITING)) return 'queue';
    return this.thread.isUsable ? null : 'thread';
  }

  private handOver(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const calls = this.batch;
    this.batch = [];
    this.batchBytes = 0;
    if (calls.length > 0) this.thread.post(calls);
  }

  private settle(id: number, dropped: DropReason | null): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.waiting.delete(id);
    this.room.giveBack(waiting.heldBytes);
    if (dropped === null) this.options.metrics.recorded();
    else this.count(dropped);
  }

  private count(reason: DropReason, calls = 1): void {
    this.options.metrics.notRecorded(reason, calls);
  }
}

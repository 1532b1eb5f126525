import type { SnapshotProvider } from '@weir/contracts';
import type { SessionScript } from '@weir/providers';
import type { Log } from '../log.js';
import { MemoryRoom } from '../memory-room.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import type { OpenEvent } from '../metering/event.js';
import type { Metrics } from '../metrics/metrics.js';
import { isRecorded, sidesToRecord } from './decision.js';
import { DROP_REASONS, type DropReason, type FinishedCall } from './finished-call.js';
import { headOf } from './head.js';
import { Recording } from './recording.js';
import { SessionRecording } from './session/session-recording.js';
import { hasBatches } from './spool/batches.js';
import { RecordThread } from './thread.js';
import type { Dropped, SpoolState, ThreadData } from './thread-messages.js';

/** Bodies of all calls of a process, until the thread is done with them. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;
const MAX_WAITING = 2_000;
/** Calls that end within it go to the thread together: waking it costs as much as recording several of them. */
const HAND_OVER_MS = 100;
const HAND_OVER_BYTES = 3 * 1024 * 1024;

export interface RecorderOptions extends ThreadData {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly threadUrl?: URL | undefined;
  readonly maxHeldBytes?: number | undefined;
  readonly maxWaiting?: number | undefined;
}

/**
 * Records calls of providers that ask for it: takes what passes beside the stream, and hands it to a thread once the
 * call is over. Nothing here waits for the thread; what it cannot take is dropped and counted.
 */
export class Recorder {
  private readonly room: MemoryRoom;
  private readonly thread: RecordThread;
  /** Bytes that each call holds, in the order in which they go to the thread; it settles them in that order, too. */
  private readonly held: number[] = [];
  private batch: FinishedCall[] = [];
  private batchBytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;
  spool: SpoolState = { bytes: 0, waitsSinceMs: null };

  constructor(private readonly options: RecorderOptions) {
    this.room = new MemoryRoom(options.maxHeldBytes ?? MAX_HELD_BYTES);
    this.thread = new RecordThread(options, {
      onSettled: ({ calls, dropped, damaged, spool }) => {
        this.settle(calls, dropped);
        if (damaged > 0) this.count('damaged', damaged);
        this.spool = spool;
      },
      onLost: (calls) => this.settle(calls, { thread: calls }),
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

  /**
   * null: the session is not recorded. Its turns are recorded all or none, and each as the provider asks for it when it begins.
   * @param script null: what passes in the session is not known
   */
  beginSession(
    provider: () => SnapshotProvider,
    callId: string,
    script: SessionScript | null,
  ): SessionRecording | null {
    const { room } = this;
    if (this.isClosed || sidesToRecord(provider(), callId) === null) return null;
    return new SessionRecording(script, {
      room,
      get maxBodyBytes() {
        return provider().recording.maxBodyBytes;
      },
      get sides() {
        return sidesToRecord(provider(), callId);
      },
      begin: () => this.begin(provider(), callId),
    });
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
    this.held.push(heldBytes);
    const head = headOf(event, recording, rawHeaders);
    this.batch.push({ head, ...recording.take(), settings, secrets: mask.secrets });
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
    if (this.isClosed || this.held.length >= (this.options.maxWaiting ?? MAX_WAITING)) return 'queue';
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

  /** The thread is done with so many calls more. */
  private settle(calls: number, dropped: Dropped): void {
    for (const heldBytes of this.held.splice(0, calls)) this.room.giveBack(heldBytes);
    let recorded = calls;
    for (const reason of DROP_REASONS) {
      const count = dropped[reason] ?? 0;
      recorded -= count;
      if (count > 0) this.count(reason, count);
    }
    this.options.metrics.recorded(recorded);
  }

  private count(reason: DropReason, calls = 1): void {
    this.options.metrics.notRecorded(reason, calls);
  }
}

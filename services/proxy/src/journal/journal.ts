import { randomBytes } from 'node:crypto';
import { BATCH_MAX_EVENTS, type UsageEvent } from '@weir/contracts';
import { type Account, Accounts, register } from './accounts.js';
import { type BatchMark, type ClosedEvent, type ConfirmMark, cutBatch, rebuildBody } from './batch.js';
import type { Conveyor, PendingBatch } from './conveyor.js';
import { type JournalState, writeIndex } from './files.js';
import { encodeRecord, RECORD, type RecordType } from './record.js';
import type { Reserve } from './reserve.js';
import { type Appended, readStretch, Segment } from './segment.js';

export interface JournalStats {
  readonly journalId: string;
  /** Events written over the journal's life and safe from a power cut. */
  readonly appended: number;
  /** Of these, events ClickHouse has confirmed. */
  readonly confirmed: number;
  /** Of the confirmed, events the worker set aside. */
  readonly quarantined: number;
  /** Calls open now. */
  readonly open: number;
  readonly pendingBatches: number;
}

export type JournalLog = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void;

export interface JournalParts {
  readonly directory: string;
  readonly state: JournalState;
  readonly segment: Segment;
  readonly reserve: Reserve;
  readonly conveyor: (journal: Journal) => Conveyor;
  readonly log: JournalLog;
  readonly segmentBytes: number;
  readonly cutEveryMs: number;
}

interface Ended {
  readonly event: UsageEvent;
  readonly onRecorded: (() => void) | undefined;
}

const SYNC_EVERY_MS = 10;
const RETRY_WRITE_MS = 250;
const BATCH_MAX_BYTES = 4 * 1024 * 1024;
/** The other side takes about as long for a small batch as for a large one: the more are on their way, the longer cutting waits. */
const CUT_LATEST_MS = 2_000;
/** Where at least so many come in the time after which a batch is cut, it is cut after so many times that time. */
const MANY_EVENTS = 64;
const MANY_TIMES = 4;
const HELD_BODIES_MAX_BYTES = 32 * 1024 * 1024;

/**
 * The proxy's durable log of usage events. `open` and `close` write before they return, so an event outlives the
 * process from the moment its call is admitted; group commits make it outlive the machine within 10 ms, and only then
 * is it counted. Closed events are cut into batches, which stay here until ClickHouse has confirmed them.
 */
export class Journal {
  private readonly openCalls = new Map<string, UsageEvent>();
  private uncut: ClosedEvent[] = [];
  /** Calls that ended in this turn of the event loop. */
  private endedNow: Ended[] = [];
  private flushTimer: NodeJS.Immediate | null = null;
  /** Final events that found no room yet. */
  private unwritten: UsageEvent[] = [];
  private readonly accounts: Accounts;
  private readonly conveyor: Conveyor;
  private segment: Segment;
  private account: Account;
  /** Counts over the journal's life. */
  private closed: number;
  private durable: number;
  private readonly dirty = new Set<Segment>();
  private heldBytes = 0;
  private batchSequence = 0;
  /** New with every start: a batch id is never used twice, whatever became of its record. */
  private readonly run = randomBytes(6).toString('hex');
  private syncing: Promise<void> | null = null;
  private syncTimer: NodeJS.Timeout | null = null;
  private cutTimer: NodeJS.Timeout | null = null;
  private retryTimer: NodeJS.Timeout | null = null;
  private healthy = true;
  private ended = false;

  constructor(private readonly parts: JournalParts) {
    this.segment = parts.segment;
    this.accounts = new Accounts(parts.directory, parts.state);
    this.account = this.accounts.add(parts.segment.number);
    this.closed = parts.state.appended;
    this.durable = parts.state.appended;
    this.conveyor = parts.conveyor(this);
  }

  /** False while events cannot be made durable; new calls should be refused. */
  get writable(): boolean {
    return this.healthy;
  }

  /** Records that a call was admitted. Call it before the upstream is asked. @throws when it cannot be written. */
  open(event: UsageEvent): void {
    const ended = this.takeEnded();
    try {
      const [, ...closed] = this.write([
        { type: RECORD.open, event },
        ...ended.map(({ event: each }) => ({ type: RECORD.close, event: each })),
      ]);
      this.openCalls.set(event.eventId, event);
      this.settleEnded(ended, closed);
    } catch (error) {
      this.settleEnded(ended, null);
      throw error;
    }
  }

  /** Records what is known of an open call so far. */
  checkpoint(event: UsageEvent): void {
    if (!this.openCalls.has(event.eventId)) return;
    this.openCalls.set(event.eventId, event);
    try {
      this.write([{ type: RECORD.checkpoint, event }]);
    } catch {
      // Noted as unhealthy by `write`; the earlier record still stands for the call.
    }
  }

  /**
   * Records how a call ended, with the other calls that end in the same turn of the event loop; `onRecorded` runs once
   * it is written, and only then may the client see the end. Never throws: without room the event waits in memory.
   */
  close(event: UsageEvent, onRecorded?: () => void): void {
    this.openCalls.delete(event.eventId);
    this.endedNow.push({ event, onRecorded });
    this.flushTimer ??= setImmediate(() => this.flush());
  }

  stats(): JournalStats {
    return {
      journalId: this.parts.state.journalId,
      appended: this.durable,
      confirmed: this.accounts.confirmed,
      quarantined: this.accounts.quarantined,
      open: this.openCalls.size,
      pendingBatches: this.conveyor.pending,
    };
  }

  /** Takes over a segment of a former process: its batches go out again unless confirmed since. */
  adopt(number: number, index: { closes: number; batches: BatchMark[]; confirms: ConfirmMark[] }): void {
    this.accounts.adopt(number, index);
    this.closed += index.closes;
    this.durable += index.closes;
  }

  /** Sets space aside for bad times. */
  start(): void {
    this.retry();
  }

  /** After every segment is adopted: settles earlier confirmations and sends the rest on its way. */
  resume(): void {
    for (const mark of this.accounts.confirms()) this.accounts.settle(mark);
    for (const { mark, segment } of this.accounts.unconfirmed()) this.conveyor.offer({ mark, segment, body: null });
    this.fold();
  }

  /** The queue holds the batch; should it have to go out again, its bytes are read from the segment. */
  releaseBody(batch: PendingBatch): void {
    if (batch.body) this.heldBytes -= batch.body.length;
    batch.body = null;
  }

  confirm(batch: PendingBatch, quarantined: number): void {
    this.releaseBody(batch);
    const mark: ConfirmMark = { batchId: batch.mark.batchId, quarantined };
    try {
      this.segment.append([encodeRecord(RECORD.confirm, JSON.stringify(mark))]);
      this.account.confirms.push(mark);
    } catch (error) {
      // Forgotten at the worst: after a restart the batch goes out once more and is found to be stored.
      this.fail('a confirmation could not be recorded', error);
    }
    this.accounts.settle(mark);
    this.fold();
  }

  readBatch = async (batch: PendingBatch): Promise<Buffer | null> => {
    const { start, end } = batch.mark;
    return rebuildBody(batch.mark, await readStretch(this.parts.directory, batch.segment, start, end));
  };

  /** Cuts what is closed, makes it durable and gives the queue a moment to take it. What it does not take stays here. */
  async drain(timeoutMs = 5_000): Promise<void> {
    this.flush();
    this.cut();
    await this.commit();
    const until = performance.now() + timeoutMs;
    while (this.conveyor.pending > 0 && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.ended = true;
    this.conveyor.stop();
    for (const timer of [this.syncTimer, this.cutTimer, this.retryTimer]) if (timer) clearTimeout(timer);
    await this.commit();
    this.segment.close();
    this.parts.reserve.release();
  }

  /** Makes everything written so far durable. */
  async commit(): Promise<void> {
    this.flush();
    while (this.syncing !== null) await this.syncing;
    await this.sync();
  }

  private write(records: readonly { type: RecordType; event: UsageEvent }[]): Appended[] {
    try {
      const appended = this.segment.append(records.map(({ type, event }) => encodeRecord(type, JSON.stringify(event))));
      this.dirty.add(this.segment);
      this.scheduleSync();
      return appended;
    } catch (error) {
      this.fail('the journal could not be written', error);
      this.parts.reserve.release();
      throw error;
    }
  }

  private takeEnded(): Ended[] {
    const ended = this.endedNow;
    this.endedNow = [];
    return ended;
  }

  private flush(): void {
    if (this.flushTimer) clearImmediate(this.flushTimer);
    this.flushTimer = null;
    const ended = this.takeEnded();
    if (ended.length === 0) return;
    const written = this.unwritten.length > 0 ? null : this.tryWrite(ended.map(({ event }) => event));
    this.settleEnded(ended, written);
  }

  /** null when there is no room. */
  private tryWrite(events: readonly UsageEvent[]): Appended[] | null {
    try {
      return this.write(events.map((event) => ({ type: RECORD.close, event })));
    } catch {
      return null;
    }
  }

  private settleEnded(ended: readonly Ended[], written: readonly Appended[] | null): void {
    if (written)
      this.accept(
        ended.map(({ event }) => event),
        written,
      );
    else if (ended.length > 0) {
      this.unwritten.push(...ended.map(({ event }) => event));
      this.retryLater();
    }
    for (const { onRecorded } of ended) onRecorded?.();
  }

  /** Closed events that are in the segment: counted, and due for a batch. */
  private accept(events: readonly UsageEvent[], written: readonly Appended[]): void {
    if (events.length === 0) return;
    for (const [index, appended] of written.entries()) {
      this.uncut.push({ ...appended, startedAt: (events[index] as UsageEvent).startedAt });
    }
    this.closed += events.length;
    this.account.closes += events.length;
    if (this.uncut.length >= BATCH_MAX_EVENTS) this.cut();
    else this.cutLater();
    if (this.segment.sizeBytes >= this.parts.segmentBytes) this.rotate();
  }

  private fail(message: string, error: unknown): void {
    if (this.healthy) this.parts.log('error', message, { error: String(error), directory: this.parts.directory });
    this.healthy = false;
    this.retryLater();
  }

  private retryLater(): void {
    if (this.ended) return;
    this.retryTimer ??= setTimeout(() => {
      this.retryTimer = null;
      this.retry();
    }, RETRY_WRITE_MS);
  }

  private retry(): void {
    while (this.unwritten.length > 0) {
      const event = this.unwritten[0] as UsageEvent;
      const written = this.tryWrite([event]);
      if (!written) return;
      this.unwritten.shift();
      this.accept([event], written);
    }
    if (this.uncut.length > 0) this.cut();
    if (!this.setReserve()) {
      this.retryLater();
      return;
    }
    if (!this.healthy) this.parts.log('info', 'the journal can be written again', { directory: this.parts.directory });
    this.healthy = true;
  }

  private setReserve(): boolean {
    try {
      return this.parts.reserve.fill();
    } catch {
      // No room after all: give back what was taken of it.
      this.parts.reserve.release();
      return false;
    }
  }

  private scheduleSync(): void {
    if (this.ended) return;
    this.syncTimer ??= setTimeout(() => {
      this.syncTimer = null;
      if (this.syncing !== null) this.scheduleSync();
      else void this.sync();
    }, SYNC_EVERY_MS);
  }

  private sync(): Promise<void> {
    const upTo = this.closed;
    const segments = [...this.dirty];
    this.dirty.clear();
    this.syncing = Promise.all(segments.map((segment) => segment.sync()))
      .then(() => {
        this.durable = Math.max(this.durable, upTo);
      })
      .catch((error: unknown) => {
        // After a failed fdatasync the kernel may have dropped the pages; a later success would prove nothing.
        this.fail('the journal could not be synced; it moves to a new segment', error);
        this.rotate();
      })
      .finally(() => {
        this.syncing = null;
      });
    return this.syncing;
  }

  private cutLater(): void {
    if (this.ended || this.cutTimer) return;
    const { cutEveryMs } = this.parts;
    const waitMs = Math.min(CUT_LATEST_MS, cutEveryMs * (1 + this.conveyor.pending));
    this.cutTimer = setTimeout(() => this.gather(cutEveryMs * MANY_TIMES - waitMs), waitMs);
  }

  /** A quiet proxy's calls are told at once, a busy one's in fewer and larger batches. */
  private gather(moreMs: number): void {
    if (this.uncut.length < MANY_EVENTS || moreMs <= 0) this.cut();
    else this.cutTimer = setTimeout(() => this.cut(), moreMs);
  }

  private cut(): void {
    if (this.cutTimer) clearTimeout(this.cutTimer);
    this.cutTimer = null;
    const batches: PendingBatch[] = [];
    while (this.uncut.length > 0) {
      const events = this.takeUncut();
      const { mark, body } = cutBatch(this.nextBatchId(), events);
      try {
        this.segment.append([encodeRecord(RECORD.batch, JSON.stringify(mark))]);
      } catch (error) {
        // An id that is not on record must not go out: after a restart its events would be cut under another one.
        this.uncut = [...events, ...this.uncut];
        this.fail('a batch could not be recorded', error);
        break;
      }
      this.dirty.add(this.segment);
      register(this.account, mark);
      const hold = this.heldBytes + body.length <= HELD_BODIES_MAX_BYTES;
      if (hold) this.heldBytes += body.length;
      batches.push({ mark, segment: this.segment.number, body: hold ? body : null });
    }
    if (batches.length === 0) return;
    const offer = () => {
      for (const batch of batches) this.conveyor.offer(batch);
    };
    void this.commit().then(offer);
  }

  private takeUncut(): ClosedEvent[] {
    let bytes = 0;
    let count = 0;
    while (count < this.uncut.length && count < BATCH_MAX_EVENTS) {
      bytes += (this.uncut[count] as ClosedEvent).payload.length;
      if (count > 0 && bytes > BATCH_MAX_BYTES) break;
      count++;
    }
    const taken = this.uncut.slice(0, count);
    this.uncut = this.uncut.slice(count);
    return taken;
  }

  private nextBatchId(): string {
    return `${this.parts.state.journalId}-${this.run}-${++this.batchSequence}`;
  }

  /** Starts a new segment. Open calls are written into it again, so that the old one need not wait for them. */
  private rotate(): void {
    this.cut();
    const [old, account] = [this.segment, this.account];
    try {
      this.segment = Segment.create(this.parts.directory, old.number + 1);
    } catch (error) {
      this.fail('no new journal segment could be made', error);
      return;
    }
    this.account = this.accounts.add(this.segment.number);
    for (const event of this.openCalls.values()) this.checkpoint(event);
    this.commit()
      .then(() => {
        const { closes, batches, confirms } = account;
        writeIndex(this.parts.directory, old.number, { closes, batches: [...batches.values()], confirms });
        old.close();
        account.sealed = true;
        this.fold();
      })
      .catch((error: unknown) => this.fail('a journal segment could not be sealed', error));
  }

  private fold(): void {
    try {
      this.accounts.fold();
    } catch (error) {
      this.fail('what the journal no longer needs could not be removed', error);
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { DOOR, doorNotice, type Snapshot } from '@weir/contracts';
import type { Log } from '../log.js';
import type { Door } from './door.js';
import type { LastGood } from './last-good.js';
import { parseSnapshot, SnapshotRejected } from './snapshot.js';

const POLL_MS = 5_000;
const RECONNECT_MIN_MS = 200;
const RECONNECT_MAX_MS = 4_000;

export interface Accepted {
  readonly snapshot: Snapshot;
  readonly text: string;
  readonly confirmedAtMs: number;
}

export interface SubscriptionOptions {
  readonly door: Door;
  readonly lastGood: LastGood;
  readonly log: Log;
  /** A newer snapshot that passed every check. */
  readonly onSnapshot: (accepted: Accepted) => void;
  /** The present one still holds. */
  readonly onConfirmed: (atMs: number) => void;
}

/**
 * Keeps the newest good snapshot: fetched when a notice announces it, and by jittered polling in case none comes.
 * One that is older or does not pass every check changes nothing.
 */
export class Subscription {
  rejected = 0;
  private version = 0;
  private etag: string | null = null;
  private fetching: Promise<void> | null = null;
  private isFetchDue = false;
  private isDoorOpen: boolean | null = null;
  private lastReason = '';
  private readonly ended = new AbortController();

  constructor(private readonly options: SubscriptionOptions) {}

  /** Takes the last good copy from disk, then follows the control plane. */
  start(): void {
    this.recall();
    void this.poll();
    void this.listen();
  }

  stop(): void {
    this.ended.abort();
  }

  private recall(): void {
    const { lastGood, log, onSnapshot } = this.options;
    try {
      const kept = lastGood.load();
      if (kept === null) {
        log('warn', 'there is no last good snapshot; calls are refused until the control plane has sent one');
        return;
      }
      const snapshot = parseSnapshot(kept.text);
      this.version = snapshot.version;
      onSnapshot({ snapshot, text: kept.text, confirmedAtMs: kept.confirmedAtMs });
      log('info', 'serving from the last good snapshot', { version: snapshot.version });
    } catch (error) {
      log('error', 'the last good snapshot cannot be used', { reason: reasonOf(error) });
    }
  }

  private async poll(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await this.fetch();
      await this.pause(POLL_MS * (0.8 + Math.random() * 0.4));
    }
  }

  private async listen(): Promise<void> {
    let waitMs = RECONNECT_MIN_MS;
    while (!this.ended.signal.aborted) {
      try {
        for await (const data of this.options.door.events(DOOR.notices)) {
          waitMs = RECONNECT_MIN_MS;
          const notice = doorNotice.safeParse(parseJson(data));
          if (notice.success && notice.data.snapshotVersion > this.version) void this.fetch();
        }
      } catch (error) {
        this.noteDoor(false, error);
      }
      await this.pause(waitMs * (0.5 + Math.random()));
      waitMs = Math.min(waitMs * 2, RECONNECT_MAX_MS);
    }
  }

  /** One fetch at a time; a notice during one makes another follow it. */
  private async fetch(): Promise<void> {
    if (this.fetching !== null) {
      this.isFetchDue = true;
      return this.fetching;
    }
    this.fetching = this.fetchOnce().finally(() => {
      this.fetching = null;
    });
    await this.fetching;
    if (this.isFetchDue) {
      this.isFetchDue = false;
      await this.fetch();
    }
  }

  private async fetchOnce(): Promise<void> {
    const { door, lastGood, onConfirmed } = this.options;
    try {
      const answer = await door.get(DOOR.snapshot, this.etag);
      this.noteDoor(true);
      const nowMs = Date.now();
      if (answer !== null && this.accept(answer.text, nowMs)) this.etag = answer.etag;
      else if (answer !== null || this.version === 0) return;
      onConfirmed(nowMs);
      lastGood.confirm(nowMs);
    } catch (error) {
      this.noteDoor(false, error);
    }
  }

  /** Returns whether the text is the snapshot now in force. */
  private accept(text: string, nowMs: number): boolean {
    const { lastGood, log, onSnapshot } = this.options;
    try {
      const snapshot = parseSnapshot(text);
      if (snapshot.version === this.version) return true;
      if (snapshot.version < this.version) {
        throw new SnapshotRejected(`version ${snapshot.version} is older than ${this.version}`);
      }
      this.version = snapshot.version;
      this.lastReason = '';
      onSnapshot({ snapshot, text, confirmedAtMs: nowMs });
      log('info', 'a snapshot is in force', { version: snapshot.version });
      lastGood.save(text);
      return true;
    } catch (error) {
      const reason = reasonOf(error);
      if (error instanceof SnapshotRejected) this.rejected++;
      if (reason !== this.lastReason) log('error', 'a snapshot was not taken over', { reason, kept: this.version });
      this.lastReason = reason;
      return false;
    }
  }

  /** Logs when the door opens or closes, not each time it is found so. */
  private noteDoor(isOpen: boolean, error?: unknown): void {
    if (this.isDoorOpen === isOpen || this.ended.signal.aborted) return;
    this.isDoorOpen = isOpen;
    if (isOpen) this.options.log('info', 'the control plane can be reached');
    else this.options.log('warn', 'the control plane cannot be reached; calls go on', { reason: reasonOf(error) });
  }

  private async pause(ms: number): Promise<void> {
    // Rejects only when stopped, which the loops look for themselves.
    await delay(ms, undefined, { signal: this.ended.signal, ref: false }).catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  return (error as Error).message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

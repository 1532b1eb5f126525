import type { MasterKey, Snapshot } from '@weir/contracts';
import { Refusal } from '../errors.js';
import type { Upstreams } from '../upstream/dispatcher.js';
import { SnapshotView } from './snapshot.js';

/** How long a proxy serves without hearing from the control plane. */
export const MAX_SNAPSHOT_AGE_MS = 24 * 60 * 60 * 1_000;

/** The snapshot in force in this process, and when the control plane last confirmed it. */
export class SnapshotHolder {
  private view: SnapshotView | null = null;
  private confirmedAtMs = 0;

  constructor(
    private readonly master: MasterKey,
    private readonly upstreams: Upstreams,
  ) {}

  get version(): number {
    return this.view?.version ?? 0;
  }

  ageMs(nowMs = Date.now()): number {
    return this.view === null ? 0 : Math.max(0, nowMs - this.confirmedAtMs);
  }

  /** Puts a snapshot in force unless it is older than the present one. Returns whether it did. */
  apply(snapshot: Snapshot, confirmedAtMs: number): boolean {
    if (snapshot.version <= this.version) return false;
    this.view = new SnapshotView(snapshot, this.master, this.upstreams);
    this.confirmedAtMs = confirmedAtMs;
    return true;
  }

  confirm(atMs: number): void {
    this.confirmedAtMs = Math.max(this.confirmedAtMs, atMs);
  }

  isServing(nowMs = Date.now()): boolean {
    return this.view !== null && this.ageMs(nowMs) <= MAX_SNAPSHOT_AGE_MS;
  }

  /** @throws Refusal `overloaded` while there is none, or none fresh enough. */
  current(nowMs: number): SnapshotView {
    if (this.view === null) {
      throw new Refusal('overloaded', 'The proxy has no configuration yet; try again once the control plane is up.');
    }
    if (this.ageMs(nowMs) > MAX_SNAPSHOT_AGE_MS) {
      throw new Refusal(
        'overloaded',
        'The proxy has not heard from its control plane for more than 24 hours; an operator should start it again.',
      );
    }
    return this.view;
  }
}

import type { UsageEvent } from '@weir/contracts';
import { MemoryRoom } from '../memory-room.js';
import type { OpenEvent } from '../metering/event.js';
import type { TextMeter } from './count.js';
import type { Estimator } from './estimator.js';
import type { Evidence } from './evidence.js';
import { applyEstimate, countRequest, missingMeters } from './fallback.js';

/** Of the answers of all calls together. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;

/** Where final events go. */
interface EventSink {
  checkpoint(event: UsageEvent): void;
  close(event: UsageEvent, onRecorded?: () => void): void;
}

/** Closes the events of calls that are over, after a count of their text where the upstream left usage out. */
export class Settlement {
  /** Calls that are over but for that count. */
  pending = 0;
  readonly room = new MemoryRoom(MAX_HELD_BYTES);

  constructor(
    private readonly sink: EventSink,
    private readonly estimator: Estimator,
  ) {}

  /** `onRecorded` runs once what is known without a count is written: nobody waits for one. `onClosed` runs once all is. */
  close(event: OpenEvent, evidence: Evidence | null, onRecorded?: () => void, onClosed?: () => void): void {
    const missing = evidence === null ? [] : missingMeters(event);
    if (evidence === null || missing.length === 0) {
      evidence?.release();
      const both = () => {
        onRecorded?.();
        onClosed?.();
      };
      this.sink.close(event, onClosed === undefined ? onRecorded : both);
      return;
    }
    this.sink.checkpoint(event);
    onRecorded?.();
    void this.closeCounted(event, evidence, missing, onClosed);
  }

  private async closeCounted(
    event: OpenEvent,
    evidence: Evidence,
    missing: readonly TextMeter[],
    onClosed: (() => void) | undefined,
  ): Promise<void> {
    this.pending++;
    const estimate = await this.estimator.estimate(() => {
      const question = countRequest(event, evidence, missing);
      evidence.release();
      return question;
    });
    evidence.release();
    if (estimate !== null) applyEstimate(event, estimate);
    this.sink.close(event, onClosed);
    this.pending--;
  }
}

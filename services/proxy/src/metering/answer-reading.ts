import type { UsageReading } from '@weir/providers';
import type { Evidence } from '../estimation/evidence.js';
import { applyReading, type OpenEvent } from './event.js';
import type { Tap } from './tap.js';

/** What is learnt of an answer while it passes: its usage, and, where it may be wanted, what its usage can be counted from. */
export class AnswerReading {
  private hasUpstreamError = false;

  constructor(
    private readonly tap: Tap,
    private evidence: Evidence | null,
  ) {}

  get sawToken(): boolean {
    return this.tap.sawToken;
  }

  push(chunk: Buffer): void {
    this.evidence?.push(chunk);
    this.tap.push(chunk);
  }

  /** Calls back, at once when nothing has to be decoded, when the reading is as complete as it will be. */
  end(callback: () => void): void {
    this.tap.end(callback);
  }

  /** Puts what is known so far on the event. */
  apply(event: OpenEvent, isComplete: boolean): UsageReading {
    const reading = this.tap.read(isComplete);
    applyReading(event, reading);
    this.hasUpstreamError = reading.errorCode !== null;
    return reading;
  }

  /** What its usage can be estimated from; null where it cannot, or an error is part of the answer. */
  takeEvidence(): Evidence | null {
    const { evidence } = this;
    this.evidence = null;
    if (!this.hasUpstreamError) return evidence;
    evidence?.release();
    return null;
  }

  destroy(): void {
    this.tap.destroy();
  }
}

import type { SnapshotProvider } from '@weir/contracts';
import { timeoutFault, type UpstreamFault } from '../upstream/faults.js';

/** How long an upstream keeps a call waiting: for its answer, then for each further part of it. */
export class UpstreamWait {
  /** What it owes next; null while nothing is. */
  private awaited: 'answer' | 'more' | null = null;
  /** On the monotonic clock. */
  sinceMs = 0;
  /** Something moved since the last look at the clock. */
  isActive = false;

  constructor(private readonly provider: Pick<SnapshotProvider, 'name' | 'timeouts'>) {}

  get isOn(): boolean {
    return this.awaited !== null;
  }

  begin(what: 'answer' | 'more'): void {
    this.awaited = what;
    this.sinceMs = performance.now();
    this.isActive = false;
  }

  end(): void {
    this.awaited = null;
  }

  /** The fault, once it has taken too long. @param isClientSending what is waited for cannot come before the request has */
  fault(nowMs: number, isClientSending: () => boolean): UpstreamFault | null {
    if (this.isActive || (this.awaited === 'answer' && isClientSending())) {
      this.isActive = false;
      this.sinceMs = nowMs;
      return null;
    }
    const { name, timeouts } = this.provider;
    const limitMs = this.awaited === 'answer' ? timeouts.firstByteMs : timeouts.idleMs;
    if (nowMs - this.sinceMs < limitMs) return null;
    return timeoutFault(name, this.awaited === 'answer' ? 'sent no answer' : 'sent nothing more', limitMs);
  }
}

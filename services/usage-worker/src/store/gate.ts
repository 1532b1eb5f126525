import { setTimeout as sleep } from 'node:timers/promises';

export interface GateOptions {
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** Called at each failure, with how many there have been in a row. */
  readonly onFailure: (error: unknown, failures: number) => void;
  readonly signal: AbortSignal;
}

/**
 * One door to a server that may be away. While it fails, callers queue behind a single one that tries again, later and
 * later, so that a server in trouble is asked about once per delay however many callers wait. Nobody is ever turned
 * away: `through` ends with success, or when the signal aborts.
 */
export class Gate {
  private failures = 0;
  private trial: Promise<void> = Promise.resolve();
  private failingSinceMs: number | null = null;

  constructor(private readonly options: GateOptions) {}

  /** When the present run of failures began, epoch ms; null = all is well. */
  get failingSince(): number | null {
    return this.failingSinceMs;
  }

  /** @param work gets `isRepeat`: whether an earlier try of this very call failed, so that its outcome is unknown. */
  async through<T>(work: (isRepeat: boolean) => Promise<T>): Promise<T> {
    for (let isRepeat = false; ; isRepeat = true) {
      this.options.signal.throwIfAborted();
      const release = this.failures > 0 ? await this.turn() : undefined;
      try {
        const result = await work(isRepeat);
        this.failures = 0;
        this.failingSinceMs = null;
        return result;
      } catch (error) {
        this.options.signal.throwIfAborted();
        this.failures++;
        this.failingSinceMs ??= Date.now();
        this.options.onFailure(error, this.failures);
      } finally {
        release?.();
      }
    }
  }

  /** Waits for the one before, then, if the server still fails, for the delay. */
  private async turn(): Promise<() => void> {
    const before = this.trial;
    let release: () => void = () => undefined;
    this.trial = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await before;
      if (this.failures > 0) await sleep(this.delayMs(), undefined, { signal: this.options.signal });
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }

  private delayMs(): number {
    const { firstDelayMs, maxDelayMs } = this.options;
    const delay = Math.min(firstDelayMs * 2 ** Math.min(this.failures - 1, 20), maxDelayMs);
    return delay * (0.5 + Math.random() / 2);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { WeirError } from '@weir/contracts';
import type { Log } from './log.js';

export interface WorkLoopOptions<Work> {
  readonly orders: { claim(signal: AbortSignal): Promise<Work | null>; close(): Promise<void> };
  /** On average, while nothing waits. */
  readonly askEveryMs: number;
  /** What cannot be had while the door is shut, for the log. */
  readonly what: string;
  readonly log: Log;
}

/** Takes up what the control plane hands out, one piece after the other, for as long as the worker runs. */
export abstract class WorkLoop<Work> {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private isShut = false;

  constructor(private readonly loopOptions: WorkLoopOptions<Work>) {}

  start(): void {
    this.running = this.loop();
  }

  /** What is under way is left where it is; another worker goes on from there. */
  async stop(): Promise<void> {
    this.stopping.abort(new WeirError('STOPPED', 'the worker stops'));
    await this.running;
    await this.loopOptions.orders.close();
  }

  /** Never rejects. */
  protected abstract perform(work: Work): Promise<void>;

  /** Aborts when the worker stops. */
  protected get signal(): AbortSignal {
    return this.stopping.signal;
  }

  private async loop(): Promise<void> {
    const { signal } = this;
    while (!signal.aborted) {
      const work = await this.claim();
      if (work) await this.perform(work);
      else {
        const pauseMs = this.loopOptions.askEveryMs * (0.5 + Math.random());
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async claim(): Promise<Work | null> {
    const { orders, what, log } = this.loopOptions;
    try {
      const work = await orders.claim(this.signal);
      this.isShut = false;
      return work;
    } catch (error) {
      if (!this.isShut && !this.signal.aborted) {
        log('warn', `no ${what}: ${(error as Error).message}`, { code: codeOf(error) });
      }
      this.isShut = true;
      return null;
    }
  }
}

export function codeOf(error: unknown): string {
  return error instanceof WeirError ? error.code : 'UNEXPECTED';
}

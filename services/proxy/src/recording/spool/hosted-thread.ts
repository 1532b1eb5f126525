import { Worker } from 'node:worker_threads';
import type { Log } from '../../log.js';
import type { ThreadData } from '../thread-messages.js';

const MAX_HEAP_MB = 1_024;
const TROUBLE_EVERY_MS = 10_000;
/** Beyond what it was given to finish. */
const CLOSE_MARGIN_MS = 3_000;

/** What any thread with a spool is told beside what it is there for; what is not done by then is given up. */
export interface HostedTold {
  readonly kind: 'close';
  readonly withinMs: number;
}
/** What it says. */
export type HostedSaid = { readonly kind: 'trouble'; readonly error: string } | { readonly kind: 'closed' };

export interface HostedThreadOptions extends ThreadData {
  readonly threadUrl: URL;
  readonly log: Log;
  /** Said where the queue takes nothing at present. */
  readonly troubleText: string;
  /** Said where the thread ended on its own, or was given up. */
  readonly lostText: string;
}

interface ThreadOwner<From> {
  onMessage(message: From): void;
  /** The thread is gone, with everything it had. */
  onLost(): void;
}

/** A thread with a spool of its own, as its process sees it. It is started when it is needed, and again after it ended. */
export class HostedThread<To, From extends { readonly kind: string }> {
  private worker: Worker | null = null;
  private toldTroubleMs = Number.NEGATIVE_INFINITY;
  private onClosed: (() => void) | null = null;

  constructor(
    private readonly options: HostedThreadOptions,
    private readonly owner: ThreadOwner<From>,
  ) {}

  get isRunning(): boolean {
    return this.worker !== null;
  }

  start(): void {
    this.worker ??= this.spawn();
  }

  /** @param moved memory that goes along instead of being copied */
  send(message: To | HostedTold, moved: readonly ArrayBuffer[]): void {
    this.worker?.postMessage(message, moved);
  }

  /** Resolves once it has ended in order, or `withinMs` and some are over. */
  async close(withinMs: number): Promise<void> {
    const { worker } = this;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs + CLOSE_MARGIN_MS);
      this.onClosed = () => {
        clearTimeout(timer);
        resolve();
      };
      this.send({ kind: 'close', withinMs }, []);
    });
    this.worker = null;
    await worker.terminate();
  }

  /** Ends a thread that is stuck. */
  giveUp(code: string): void {
    if (this.worker !== null) this.lost(this.worker, code);
  }

  private spawn(): Worker {
    const { directory, adopted, quotaBytes, diskFreeBytes, queueUrl, threadUrl } = this.options;
    const workerData: ThreadData = { directory, adopted, quotaBytes, diskFreeBytes, queueUrl };
    const worker = new Worker(threadUrl, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      // Its output is taken away from the log of the process: it may quote what people wrote.
      ...{ stdout: true, stderr: true },
    });
    worker.unref();
    worker.on('message', (message: From | HostedSaid) => {
      // What one that was given up still says is about what is counted as lost.
      if (this.worker === worker) this.hear(message);
    });
    worker.on('error', (error) => this.lost(worker, (error as { code?: string }).code));
    worker.on('exit', () => this.lost(worker));
    return worker;
  }

  private hear(message: From | HostedSaid): void {
    if (message.kind === 'closed') this.onClosed?.();
    else if (message.kind === 'trouble') this.tellTrouble((message as HostedSaid & { kind: 'trouble' }).error);
    else this.owner.onMessage(message as From);
  }

  private tellTrouble(error: string): void {
    if (performance.now() - this.toldTroubleMs < TROUBLE_EVERY_MS) return;
    this.toldTroubleMs = performance.now();
    this.options.log('warn', this.options.troubleText, { error });
  }

  /** What it failed with may quote what people wrote; its code does not. */
  private lost(worker: Worker, code?: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    void worker.terminate();
    this.options.log('error', this.options.lostText, { code });
    this.owner.onLost();
    this.onClosed?.();
  }
}

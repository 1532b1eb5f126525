import type { Backlog, Consumer } from '@weir/queue';
import { REFUSED } from './consume.js';
import type { Log } from './log.js';

export interface ReconcileOptions {
  readonly consumer: Pick<Consumer, 'backlog' | 'retryFailed' | 'removeFailed' | 'evictionPolicy'>;
  readonly log: Log;
  /** Failed jobs that carry this are dropped. */
  readonly refused?: string;
  readonly everyMs?: number;
}

const FAILED_AT_ONCE = 1_000;
const ANSWER_WITHIN_MS = 5_000;

/** The queue as last seen. */
export interface QueueState {
  /** null = the queue does not answer. */
  readonly backlog: Backlog | null;
  /** Why jobs could get lost, for people; null = they cannot. */
  readonly fault: string | null;
}

/** Sees to it that no job is parked for good and that the queue is one that keeps its jobs. */
export class Reconciler {
  private timer: NodeJS.Timeout | undefined;
  private last: QueueState = { backlog: null, fault: null };
  private turning: Promise<void> = Promise.resolve();

  constructor(private readonly options: ReconcileOptions) {}

  get state(): QueueState {
    return this.last;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.turning = this.turn();
    }, this.options.everyMs ?? 5_000);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.turning;
  }

  /** One look. Never rejects. */
  async turn(): Promise<void> {
    const { consumer, log, refused = REFUSED } = this.options;
    try {
      const fault = evictionFault(await within(consumer.evictionPolicy().catch(unknownPolicy)));
      const backlog = await within(consumer.backlog());
      if (fault !== null && fault !== this.last.fault) log('error', fault);
      this.last = { backlog, fault };
      if (backlog.failed === 0) return;
      const removed = await within(consumer.removeFailed(refused, FAILED_AT_ONCE));
      const retried = await within(consumer.retryFailed(FAILED_AT_ONCE));
      log('warn', 'failed batches sent round again', { retried, refusedAndRemoved: removed });
    } catch {
      this.last = { backlog: null, fault: this.last.fault };
    }
  }
}

/** Managed servers forbid CONFIG; then their operator answers for the policy. */
function unknownPolicy(error: Error): null {
  if (/unknown command|NOPERM|ERR/i.test(error.message)) return null;
  throw error;
}

export function evictionFault(policy: string | null): string | null {
  if (policy === null || policy === 'noeviction') return null;
  return `Redis has maxmemory-policy ${policy} and may drop usage batches silently: set it to noeviction`;
}

/** The queue's own connection waits for ever; a look must not. */
export async function within<T>(answer: Promise<T>, withinMs = ANSWER_WITHIN_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

import { Worker } from 'node:worker_threads';
import type { CountRequest, Estimate } from './count.js';
import type { CountAnswer, CountQuestion } from './count-thread.js';

const COUNT_LIMIT_MS = 2_000;
/** Loading the tables of a tokenizer takes a second on a busy machine. */
const START_LIMIT_MS = 10_000;
const MAX_WAITING = 1_000;

interface Waiting {
  readonly id: number;
  /** Called when its turn comes, so that waiting costs no copies. */
  readonly call: () => CountRequest | null;
  readonly settle: (estimate: Estimate | null) => void;
}

/**
 * Counts text on a thread of its own, one call at a time, so that no other call waits for it. What fails, or takes too
 * long, is not estimated. The thread starts with the first call; nothing it says or fails with is logged, since it holds
 * what people wrote.
 */
export class Estimator {
  private thread: Worker | null = null;
  private isStarted = false;
  private nextId = 1;
  private readonly waiting: Waiting[] = [];
  private current: Waiting | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(
    private readonly threadUrl = new URL('./count-thread.js', import.meta.url),
    private readonly limitMs = COUNT_LIMIT_MS,
  ) {}

  /** Calls waiting for their count, and the one being counted. */
  get pending(): number {
    return this.waiting.length + (this.current === null ? 0 : 1);
  }

  /** Never rejects. @param call gives what is to be counted when its turn has come; null = nothing can be */
  estimate(call: () => CountRequest | null): Promise<Estimate | null> {
    if (this.isClosed || this.waiting.length >= MAX_WAITING) return Promise.resolve(null);
    return new Promise((settle) => {
      this.waiting.push({ id: this.nextId++, call, settle });
      this.next();
    });
  }

  /** What is not counted by now stays uncounted. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const { settle } of this.waiting.splice(0)) settle(null);
    this.settle(null);
    await this.drop();
  }

  private next(): void {
    while (this.current === null) {
      const waiting = this.waiting.shift();
      if (waiting === undefined) return;
      const call = waiting.call();
      if (call === null) waiting.settle(null);
      else this.ask(waiting, call);
    }
  }

  private ask(waiting: Waiting, call: CountRequest): void {
    this.current = waiting;
    const thread = this.worker();
    const limitMs = this.isStarted ? this.limitMs : Math.max(this.limitMs, START_LIMIT_MS);
    this.timer = setTimeout(() => this.fail(thread), limitMs);
    const { request, answer } = call;
    const moved = request === null ? [answer.buffer] : [request.buffer, answer.buffer];
    thread.postMessage({ id: waiting.id, call } satisfies CountQuestion, moved);
  }

  private worker(): Worker {
    if (this.thread) return this.thread;
    // Its output is taken away from the log of the process.
    const thread = new Worker(this.threadUrl, { stdout: true, stderr: true });
    thread.unref();
    thread.on('message', ({ id, estimate }: CountAnswer) => {
      if (this.thread !== thread || this.current?.id !== id) return;
      this.isStarted = true;
      this.settle(estimate);
    });
    thread.on('error', () => this.fail(thread));
    thread.on('exit', () => this.fail(thread));
    this.thread = thread;
    return thread;
  }

  private fail(thread: Worker): void {
    if (this.thread !== thread) return;
    void this.drop();
    this.settle(null);
  }

  private settle(estimate: Estimate | null): void {
    if (this.timer) clearTimeout(this.timer);
    const current = this.current;
    this.current = null;
    current?.settle(estimate);
    if (!this.isClosed) this.next();
  }

  private async drop(): Promise<void> {
    const { thread } = this;
    this.thread = null;
    this.isStarted = false;
    await thread?.terminate();
  }
}

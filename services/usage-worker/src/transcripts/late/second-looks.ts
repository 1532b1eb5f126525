import { setTimeout as sleep } from 'node:timers/promises';
import { WeirError } from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import type { Log } from '../../log.js';
import { codeOf } from '../../work-loop.js';

export interface SecondLooksOptions {
  readonly queueUrl: string;
  readonly look: (signal: AbortSignal) => Promise<void>;
  /** On average. */
  readonly everyMs?: number;
  readonly log: Log;
}

const QUEUE = 'transcript-second-looks';
/** The one job there ever is. */
const JOB = 'look';
const EVERY_MS = 30_000;
/** One that has been silent for so long is taken for dead, and another worker looks. */
const LOCK_MS = 60_000;

/** Has one worker of all look every half a minute or so. The queue tells which: while one looks, no other does. */
export class SecondLooks {
  private readonly stopping = new AbortController();
  private readonly consumer: Consumer;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: SecondLooksOptions) {
    this.consumer = openConsumer({
      ...{ url: options.queueUrl, queue: QUEUE, concurrency: 1, lockDurationMs: LOCK_MS, autorun: false },
      process: () => this.look(),
      onError: (error) => this.options.log('warn', `queue of second looks: ${error.message.slice(0, 200)}`),
    });
  }

  start(): void {
    this.consumer.run();
    this.running = this.loop();
  }

  /** What a look has not come to is left for the next one. */
  async stop(): Promise<void> {
    this.stopping.abort(new WeirError('STOPPED', 'the worker stops'));
    await Promise.all([this.running, this.consumer.close()]);
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await this.options.look(signal);
    } catch (error) {
      // What was not looked at is the next time.
      if (!signal.aborted)
        this.options.log('warn', 'the second look at recorded calls broke off', { code: codeOf(error) });
    }
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    const { everyMs = EVERY_MS } = this.options;
    while (!signal.aborted) {
      await sleep(everyMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
      // The queue says itself that it is away.
      if (!signal.aborted) await Promise.race([this.consumer.addOnce(JOB).catch(() => undefined), aborted(signal)]);
    }
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

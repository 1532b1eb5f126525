import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { assertSchema, type Writer, writer } from '@weir/clickhouse';
import { USAGE_QUEUE, WeirError } from '@weir/contracts';
import { type Consumer, openConsumer } from '@weir/queue';
import type { Telemetry } from '@weir/telemetry';
import type { Config } from './config.js';
import { consume } from './consume.js';
import { Health } from './health/health.js';
import { metricsText } from './health/metrics.js';
import { serveHealth } from './health/server.js';
import type { Log } from './log.js';
import { Door } from './price-book/door.js';
import { PriceBookFile } from './price-book/file.js';
import { PriceBookSubscription } from './price-book/subscription.js';
import { Progress } from './progress.js';
import { evictionFault, Reconciler, within } from './reconcile.js';
import { Orders } from './restatement/orders.js';
import { Restater } from './restatement/restater.js';
import { spanLane } from './spans/lane.js';
import { BatchStore } from './store/batch-store.js';
import { Gate } from './store/gate.js';
import { traced } from './traced.js';
import { Deleter } from './transcripts/deletion/deleter.js';
import { DeletionOrders } from './transcripts/deletion/orders.js';
import { TranscriptLane } from './transcripts/lane.js';

export const CONFIG = Symbol('config');
export const LOG = Symbol('log');
export const TELEMETRY = Symbol('telemetry');

/** Renewed while the process lives, however long an insert takes; a killed worker's batches are taken up this soon. */
const LOCK_MS = 10_000;
const DRAIN_MS = 10_000;
const WATCH_EVERY_MS = 1_000;

/** The whole worker: what it is made of, the order it starts in, and the order it stops in. */
@Injectable()
export class UsageWorker {
  readonly progress = new Progress();
  readonly priceBook: PriceBookSubscription;
  readonly health: Health;
  /** Resolves with the reason when the worker gives itself up. */
  readonly stuck = Promise.withResolvers<string>();

  private readonly stopping = new AbortController();
  private readonly clickhouse: Writer;
  private readonly gate: Gate;
  private readonly consumer: Consumer;
  private readonly reconciler: Reconciler;
  private readonly restater: Restater;
  private readonly transcripts: TranscriptLane;
  private readonly spans: ReturnType<typeof spanLane>;
  private readonly deleter: Deleter;
  private server: Awaited<ReturnType<typeof serveHealth>> | undefined;
  private watch: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
    @Inject(TELEMETRY) telemetry: Telemetry | null = null,
  ) {
    this.clickhouse = writer(config.clickhouseUrl, { deduplication: config.deduplication });
    this.gate = new Gate({
      firstDelayMs: 250,
      maxDelayMs: 15_000,
      signal: this.stopping.signal,
      onFailure: (error, failures) => this.insertFailed(error, failures),
    });
    this.priceBook = new PriceBookSubscription({
      door: new Door(config.doorUrl, config.doorToken),
      file: new PriceBookFile(config.home),
      log,
    });
    const store = new BatchStore(this.clickhouse, this.gate, config.deduplication);
    const { progress } = this;
    this.consumer = openConsumer({
      url: config.queueUrl,
      queue: USAGE_QUEUE,
      process: traced(
        USAGE_QUEUE,
        telemetry?.spans ?? null,
        consume({ store, priceBook: (startedMs) => this.priceBook.asOf(startedMs), progress, log }),
      ),
      concurrency: config.concurrency,
      lockDurationMs: LOCK_MS,
      onError: (error) => this.log('warn', `queue: ${error.message.slice(0, 200)}`),
      autorun: false,
    });
    this.reconciler = new Reconciler({ consumer: this.consumer, log });
    this.restater = new Restater({
      orders: new Orders(config.doorUrl, config.doorToken),
      writer: this.clickhouse,
      bookOfAtLeast: (version, signal) => this.priceBook.atLeast(version, signal),
      log,
    });
    const { queueUrl } = config;
    this.transcripts = new TranscriptLane({ queueUrl, writer: this.clickhouse, log });
    const { spanRetentionDays: retentionDays } = config;
    this.spans = spanLane({ queueUrl, writer: this.clickhouse, retentionDays, log });
    this.deleter = new Deleter({
      orders: new DeletionOrders(config.doorUrl, config.doorToken),
      erase: (order) => this.transcripts.erase(order),
      bytesGone: (signal) => this.transcripts.bytesGone(signal),
      log,
    });
    this.health = new Health({
      progress,
      gate: this.gate,
      reconciler: this.reconciler,
      priceBook: this.priceBook,
      stuckAfterMs: config.stuckAfterMs,
    });
  }

  /** Port of `/healthz`, `/readyz` and `/metrics`. */
  get internalPort(): number | undefined {
    return this.server?.port;
  }

  /**
   * Answers for its health first, then takes up no batch before it can store it (schema), rate it (price book) and not
   * lose it (eviction policy). @throws WeirError `QUEUE_EVICTS`, and `STOPPED` when stopped before
   */
  async start(): Promise<void> {
    const { progress, reconciler, priceBook, health, transcripts, spans, config } = this;
    const metrics = () => metricsText({ progress, reconciler, priceBook, health, transcripts, spans });
    this.server = await serveHealth({ host: config.internalHost, port: config.internalPort, health, metrics });
    if (config.deduplication === 'off') this.log('warn', 'deduplication is off: repeated batches are stored twice');
    await this.until('a queue that keeps its jobs', async () => {
      const fault = evictionFault(await within(this.consumer.evictionPolicy()));
      if (fault) throw new WeirError('QUEUE_EVICTS', fault);
    });
    await this.until('the ClickHouse schema', () => assertSchema(this.clickhouse));
    health.waitingFor = 'a price book';
    await priceBook.start();
    progress.touch();
    this.consumer.run();
    await reconciler.turn();
    reconciler.start();
    this.restater.start();
    this.transcripts.start();
    this.spans.lane.start();
    this.deleter.start();
    health.waitingFor = null;
    this.watch = setInterval(() => {
      if (health.isStuck) this.stuck.resolve(health.report().reasons.join('; '));
    }, WATCH_EVERY_MS);
    this.log('info', 'taking up batches', { priceBook: priceBook.current?.version, concurrency: config.concurrency });
  }

  /** Finishes the batches in hand within 10 s; what cannot be stored goes back to the queue. */
  async stop(): Promise<void> {
    clearInterval(this.watch);
    this.health.waitingFor = 'the end';
    const drained = this.consumer.close();
    const lanesDrained = Promise.all([this.transcripts.stop(DRAIN_MS), this.spans.lane.stop(DRAIN_MS)]);
    const inTime = await Promise.race([drained.then(() => true), sleep(DRAIN_MS, false, { ref: false })]);
    this.stopping.abort(new WeirError('STOPPED', 'the worker stops'));
    if (!inTime) await Promise.race([drained, sleep(1_000, undefined, { ref: false })]);
    await this.deleter.stop();
    await lanesDrained;
    await this.reconciler.stop();
    await this.restater.stop();
    await this.priceBook.stop();
    await this.clickhouse.close();
    await this.server?.close();
  }

  private insertFailed(error: unknown, failures: number): void {
    const { code, message } = error instanceof WeirError ? error : { code: 'UNEXPECTED', message: String(error) };
    this.progress.insertFailed(code);
    // Once at the beginning and then ever more rarely: a server that is away is one piece of news, not thousands.
    if (Number.isInteger(Math.log2(failures))) this.log('warn', message, { code, failures });
  }

  private async until(what: string, check: () => Promise<void>): Promise<void> {
    this.health.waitingFor = what;
    for (let tries = 1; ; tries++) {
      this.stopping.signal.throwIfAborted();
      try {
        return await check();
      } catch (error) {
        if (error instanceof WeirError && !error.retryable) throw error;
        if (tries === 1) this.log('warn', `waits for ${what}: ${(error as Error).message}`);
        await sleep(500 + Math.random() * 500, undefined, { signal: this.stopping.signal });
      }
    }
  }
}

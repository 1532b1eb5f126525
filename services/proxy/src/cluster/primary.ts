import cluster, { type Worker } from 'node:cluster';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config.js';
import type { Log } from '../log.js';
import { addMetrics, emptyMetrics, type MetricsState } from '../metrics/metrics.js';
import { Door } from '../snapshot/door.js';
import { Heartbeats } from '../snapshot/heartbeat.js';
import { MAX_SNAPSHOT_AGE_MS } from '../snapshot/holder.js';
import { LastGood } from '../snapshot/last-good.js';
import { type Accepted, Subscription } from '../snapshot/subscribe.js';
import { readProxyId } from './identity.js';
import { createInternalServer, type Overview } from './internal-server.js';
import type { ToPrimary, ToWorker, WorkerReport } from './messages.js';
import { journalSlots } from './slots.js';

const RESTART_MIN_MS = 100;
const RESTART_MAX_MS = 10_000;
/** A worker that lived this long was not dying of its start. */
const STABLE_MS = 30_000;
const REPORT_TIMEOUT_MS = 1_000;
/** After the drain time: the journal's own, and some for a busy machine. */
const EXIT_MARGIN_MS = 15_000;

interface Slot {
  readonly number: number;
  worker: Worker | null;
  isListening: boolean;
  startedMs: number;
  restartMs: number;
  /** The last thing the present worker told of itself. */
  report: WorkerReport | null;
}

/** Runs the workers, feeds them snapshots, and answers for all of them on the internal port. */
export class Primary {
  private readonly slots: Slot[];
  private readonly proxyId: string;
  private readonly startedAtMs = Date.now();
  private readonly door: Door;
  private readonly subscription: Subscription;
  private readonly heartbeats: Heartbeats;
  private readonly waiting = new Map<number, (report: WorkerReport) => void>();
  /** What workers that are gone had counted. */
  private readonly retired = emptyMetrics();
  private current: Accepted | null = null;
  private confirmedAtMs = 0;
  private isStopping = false;
  private restarts = 0;
  private nextReport = 1;
  private port = 0;

  constructor(
    private readonly config: Config,
    private readonly log: Log,
  ) {
    this.proxyId = readProxyId(config.home);
    this.door = new Door(config.doorUrl, config.master.doorToken);
    this.slots = Array.from({ length: config.processes }, (_, number) => ({
      number,
      worker: null,
      isListening: false,
      startedMs: 0,
      restartMs: RESTART_MIN_MS,
      report: null,
    }));
    this.subscription = new Subscription({
      door: this.door,
      lastGood: new LastGood(config.home),
      log,
      onSnapshot: (accepted) => this.publish(accepted),
      onConfirmed: (atMs) => this.confirm(atMs),
    });
    this.heartbeats = new Heartbeats(this.door, () => this.beat());
  }

  async start(): Promise<void> {
    const { internalHost, internalPort } = this.config;
    const internal = createInternalServer(() => this.overview());
    await new Promise<void>((resolve, reject) => {
      internal.once('error', reject);
      internal.listen(internalPort, internalHost, resolve);
    });
    for (const slot of this.slots) this.fork(slot);
    this.subscription.start();
    this.heartbeats.start();
    const { port } = internal.address() as AddressInfo;
    this.log('info', 'the proxy is starting', { internalPort: port, processes: this.slots.length });
  }

  /** The first call drains, the second one stops at once. */
  stop(): void {
    if (this.isStopping) {
      this.log('warn', 'stopping now');
      this.broadcast({ kind: 'now' });
      return;
    }
    this.isStopping = true;
    this.log('info', 'draining', { seconds: this.config.drainMs / 1_000 });
    this.broadcast({ kind: 'drain' });
    setTimeout(
      () => {
        for (const { worker } of this.slots) worker?.process.kill('SIGKILL');
      },
      this.config.drainMs + this.config.drainAcceptMs + EXIT_MARGIN_MS,
    ).unref();
    this.exitWhenAlone();
  }

  private fork(slot: Slot): void {
    const adopted = journalSlots(this.config.home).filter(
      (number) => number >= this.slots.length && number % this.slots.length === slot.number,
    );
    const worker = cluster.fork({
      WEIR_PROXY_SLOT: String(slot.number),
      WEIR_PROXY_ID: this.proxyId,
      WEIR_PROXY_ADOPTED: adopted.join(','),
    });
    slot.worker = worker;
    slot.startedMs = performance.now();
    slot.report = null;
    worker.on('message', (message: ToPrimary) => this.hear(slot, message));
    worker.on('error', (error) =>
      this.log('warn', 'a worker cannot be told', { slot: slot.number, error: error.message }),
    );
    worker.once('exit', (code, signal) => this.lost(slot, code, signal));
    if (this.current !== null) this.send(slot, this.snapshotMessage(this.current));
  }

  private lost(slot: Slot, code: number | null, signal: string | null): void {
    if (slot.report !== null) addMetrics(this.retired, slot.report.metrics);
    slot.worker = null;
    slot.isListening = false;
    slot.report = slot.report && { ...slot.report, inFlight: 0, metrics: emptyMetrics() };
    if (this.isStopping) {
      this.exitWhenAlone();
      return;
    }
    this.restarts++;
    if (performance.now() - slot.startedMs > STABLE_MS) slot.restartMs = RESTART_MIN_MS;
    this.log('error', 'a worker ended; it is started again', {
      slot: slot.number,
      code,
      signal,
      afterMs: slot.restartMs,
    });
    setTimeout(() => {
      if (!this.isStopping) this.fork(slot);
    }, slot.restartMs);
    slot.restartMs = Math.min(slot.restartMs * 2, RESTART_MAX_MS);
  }

  private exitWhenAlone(): void {
    if (this.slots.some(({ worker }) => worker !== null)) return;
    this.subscription.stop();
    void this.exit();
  }

  private async exit(): Promise<never> {
    await this.heartbeats.stop();
    await this.door.close();
    this.log('info', 'the proxy has stopped');
    process.exit(0);
  }

  private hear(slot: Slot, message: ToPrimary): void {
    switch (message.kind) {
      case 'listening':
        slot.isListening = true;
        if (this.port === 0) this.log('info', 'the proxy serves', { host: this.config.host, port: message.port });
        this.port = message.port;
        return;
      case 'snapshot_failed':
        this.log('error', 'a worker could not take over a snapshot', { slot: slot.number, reason: message.reason });
        return;
      case 'report':
        slot.report = message.report;
        this.waiting.get(message.id)?.(message.report);
        this.waiting.delete(message.id);
    }
  }

  private publish(accepted: Accepted): void {
    this.current = accepted;
    this.confirmedAtMs = accepted.confirmedAtMs;
    this.broadcast(this.snapshotMessage(accepted));
  }

  private confirm(atMs: number): void {
    this.confirmedAtMs = Math.max(this.confirmedAtMs, atMs);
    this.broadcast({ kind: 'confirmed', atMs });
  }

  private snapshotMessage({ text }: Accepted): ToWorker {
    return { kind: 'snapshot', text, confirmedAtMs: this.confirmedAtMs };
  }

  private broadcast(message: ToWorker): void {
    for (const slot of this.slots) this.send(slot, message);
  }

  private send({ worker }: Slot, message: ToWorker): void {
    // A worker on its way out cannot be told; its successor is told anew.
    if (worker?.isConnected()) worker.send(message, () => undefined);
  }

  /** Asks every worker how it stands; one that is too busy to answer is taken at its last word. */
  private async refresh(): Promise<void> {
    await Promise.all(
      this.slots.map(
        (slot) =>
          new Promise<void>((resolve) => {
            if (slot.worker === null) {
              resolve();
              return;
            }
            const id = this.nextReport++;
            const done = () => {
              clearTimeout(timer);
              this.waiting.delete(id);
              resolve();
            };
            const timer = setTimeout(done, REPORT_TIMEOUT_MS);
            this.waiting.set(id, done);
            this.send(slot, { kind: 'report', id });
          }),
      ),
    );
  }

  private ageMs(): number {
    return this.current === null ? 0 : Math.max(0, Date.now() - this.confirmedAtMs);
  }

  private async overview(): Promise<Overview> {
    await this.refresh();
    const reports = this.slots.flatMap(({ report }) => report ?? []);
    return {
      status: this.status(),
      proxyId: this.proxyId,
      processes: this.slots.length,
      listening: this.slots.filter(({ isListening }) => isListening).length,
      snapshotVersion: this.current?.snapshot.version ?? 0,
      snapshotAgeMs: this.ageMs(),
      snapshotsRejected: this.subscription.rejected,
      workerRestarts: this.restarts,
      metrics: this.metricsOf(reports),
      reports,
    };
  }

  private status(): Overview['status'] {
    if (this.isStopping) return 'draining';
    if (this.current === null) return 'no_snapshot';
    if (this.ageMs() > MAX_SNAPSHOT_AGE_MS) return 'snapshot_too_old';
    return this.slots.some(({ isListening }) => isListening) ? 'serving' : 'starting';
  }

  private metricsOf(reports: readonly WorkerReport[]): MetricsState {
    const metrics = emptyMetrics();
    addMetrics(metrics, this.retired);
    for (const report of reports) addMetrics(metrics, report.metrics);
    return metrics;
  }

  private async beat() {
    await this.refresh();
    const reports = this.slots.flatMap(({ report }) => report ?? []);
    const spools = reports.map(({ transcriptSpool }) => transcriptSpool);
    return {
      proxyId: this.proxyId,
      // The least a call may still be served by: a revocation has arrived once every process shows it.
      snapshotVersion: reports.length === 0 ? 0 : Math.min(...reports.map(({ snapshotVersion }) => snapshotVersion)),
      snapshotAgeMs: Math.round(this.ageMs()),
      inFlight: reports.reduce((sum, { inFlight }) => sum + inFlight, 0),
      journals: reports.flatMap(({ journals }) => [...journals]),
      transcripts: {
        ...this.metricsOf(reports).transcripts,
        startedAtMs: this.startedAtMs,
        spoolBytes: spools.reduce((sum, { bytes }) => sum + bytes, 0),
        spoolMaxBytes: this.config.transcriptSpoolBytes,
        waitsSinceMs: spools.map((spool) => spool.waitsSinceMs).reduce(earlierOf, null),
      },
    };
  }
}

const earlierOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

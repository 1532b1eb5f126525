import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Snapshot } from '@weir/contracts';
import { USAGE_QUEUE } from '@weir/contracts';
import type { Telemetry } from '@weir/telemetry';
import type { Config, WorkerIdentity } from '../config.js';
import { Estimator } from '../estimation/estimator.js';
import { requestHeaderRule } from '../http/headers.js';
import { Inspector } from '../http/inspector.js';
import { UploadWatch } from '../http/upload.js';
import { openJournal, queueAt } from '../journal/index.js';
import type { Log } from '../log.js';
import { Metrics } from '../metrics/metrics.js';
import { Recorder } from '../recording/recorder.js';
import { createProxy } from '../server.js';
import { SnapshotHolder } from '../snapshot/holder.js';
import { Spans } from '../spans/spans.js';
import { CallTelemetry } from '../telemetry/call-telemetry.js';
import { tracedProducer } from '../telemetry/traced-producer.js';
import { CREDENTIAL_HEADERS } from '../upstream/dialects.js';
import { Upstreams } from '../upstream/dispatcher.js';
import type { ToPrimary, ToWorker, WorkerReport } from './messages.js';
import { slotDirectory, spanDirectory, transcriptDirectory } from './slots.js';

const LOOP_RESOLUTION_MS = 10;
const MAX_IN_FLIGHT = 10_000;
const MAX_DRAINS = 1_000;
const WRITE_STALL_MS = 60_000;
const SHIP_LAST_MS = 2_000;

/** Serves calls in one process of the cluster; everything it knows comes over the channel from the primary. */
export function runWorker(config: Config, identity: WorkerIdentity, log: Log, telemetry: Telemetry | null): void {
  const { proxyId, slot, adopted } = identity;
  const upstreams = new Upstreams({
    issuers: config.issuers,
    onCredentialFailure: (provider, error) => {
      const { code, message } = error as { code?: string; message: string };
      log('warn', 'a credential could not be renewed', { provider, code, reason: message });
    },
  });
  const snapshots = new SnapshotHolder(config.master, upstreams);
  const metrics = new Metrics();
  const calls = telemetry && new CallTelemetry(telemetry);
  const ownSpans = telemetry?.spans ?? null;
  const toQueue = queueAt(config.queueUrl, log);
  const loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loopDelay.enable();
  const openSlot = (each: number) =>
    openJournal({
      directory: slotDirectory(config.home, each),
      name: `${proxyId}-${each}`,
      log,
      openQueue: (onCompleted) => {
        const producer = toQueue(onCompleted);
        return ownSpans && calls ? tracedProducer(producer, USAGE_QUEUE, ownSpans, calls.links) : producer;
      },
    });
  const own = openSlot(slot);
  const journals = [own, ...adopted.filter((each) => existsSync(slotDirectory(config.home, each))).map(openSlot)];

  const recorder = new Recorder({
    ...{ metrics, log, queueUrl: config.queueUrl, directory: transcriptDirectory(config.home, slot) },
    adopted: adopted.map((each) => transcriptDirectory(config.home, each)).filter((each) => existsSync(each)),
    quotaBytes: Math.floor(config.transcriptSpoolBytes / config.processes),
  });
  const spans = new Spans({
    ...{ log, queueUrl: config.queueUrl, directory: spanDirectory(config.home, slot) },
    adopted: adopted.map((each) => spanDirectory(config.home, each)).filter((each) => existsSync(each)),
    quotaBytes: Math.floor(config.spanSpoolBytes / config.processes),
  });

  const proxy = createProxy(
    {
      master: config.master,
      snapshots,
      journal: own.journal,
      metrics,
      inspector: new Inspector(),
      estimator: new Estimator(),
      recorder,
      spans,
      telemetry: calls,
      uploads: new UploadWatch(),
      isDropped: requestHeaderRule(CREDENTIAL_HEADERS),
      proxyId: `${proxyId}-${slot}`,
      maxInFlight: MAX_IN_FLIGHT,
      maxDrains: MAX_DRAINS,
      writeStallMs: WRITE_STALL_MS,
      log,
    },
    config.keepAliveMs,
  );

  const tell = (message: ToPrimary) => process.send?.(message);
  const report = (): WorkerReport => {
    const eventLoopP99Ms = Math.max(0, loopDelay.percentile(99) / 1e6 - LOOP_RESOLUTION_MS);
    return {
      inFlight: metrics.inFlight,
      snapshotVersion: snapshots.version,
      isServing: snapshots.isServing(),
      isJournalWritable: own.journal.writable,
      journals: journals.map(({ journal }) => {
        const { journalId, appended, confirmed, quarantined } = journal.stats();
        return { journalId, appended, confirmed, quarantined };
      }),
      metrics: { ...metrics.state, telemetry: ownSpans?.counts ?? metrics.state.telemetry },
      transcriptSpool: recorder.spool,
      spanSpoolBytes: spans.spoolBytes,
      eventLoopP99Ms: Number.isFinite(eventLoopP99Ms) ? eventLoopP99Ms : 0,
      rssBytes: process.memoryUsage.rss(),
    };
  };

  let deadlineMs = Number.POSITIVE_INFINITY;
  let isDraining = false;
  const drain = async () => {
    if (isDraining) return;
    isDraining = true;
    deadlineMs = Math.min(deadlineMs, performance.now() + config.drainMs);
    await proxy.drain(config.drainAcceptMs, () => deadlineMs);
    // The queue gets a moment to take what is left; told to stop now, everything waits in the journal.
    const withinMs = deadlineMs === 0 ? 0 : SHIP_LAST_MS;
    const closing = [...journals, recorder, spans].map((each) => each.close(withinMs));
    await Promise.all(closing);
    await telemetry?.stop(withinMs);
    upstreams.close();
    cluster.worker?.disconnect();
    process.exit(0);
  };

  process.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'snapshot':
        try {
          const snapshot = JSON.parse(message.text) as Snapshot;
          snapshots.apply(snapshot, message.confirmedAtMs);
          recorder.expect(snapshot.providers);
        } catch (error) {
          tell({ kind: 'snapshot_failed', reason: (error as Error).message });
        }
        return;
      case 'confirmed':
        snapshots.confirm(message.atMs);
        return;
      case 'report':
        tell({ kind: 'report', id: message.id, report: report() });
        return;
      case 'now':
        deadlineMs = 0;
        void drain();
        return;
      case 'drain':
        void drain();
    }
  });
  let signals = 0;
  const onSignal = () => {
    if (++signals > 1) deadlineMs = 0;
    void drain();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);

  proxy.server.on('error', (error) => {
    log('error', `the proxy cannot listen on ${config.host}:${config.port}`, { error: error.message });
    process.exit(1);
  });
  proxy.server.listen(config.port, config.host, () => {
    tell({ kind: 'listening', port: (proxy.server.address() as AddressInfo).port });
  });
}

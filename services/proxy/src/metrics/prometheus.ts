import type { Overview } from '../cluster/internal-server.js';
import { DROP_REASONS } from '../recording/finished-call.js';
import { type HistogramState, LATENCY_BOUNDS } from './metrics.js';

/** The text exposition format, version 0.0.4. */
export function renderMetrics(overview: Overview): string {
  const { metrics, reports } = overview;
  const lines: string[] = [];
  const family = (name: string, type: string, help: string, samples: readonly string[]) => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples);
  };
  const gauge = (name: string, help: string, value: number) => family(name, 'gauge', help, [`${name} ${value}`]);
  const counts = (name: string, label: string, help: string, values: Readonly<Record<string, number | undefined>>) =>
    family(
      name,
      'counter',
      help,
      Object.entries(values).map(([key, value]) => `${name}{${label}="${key}"} ${value}`),
    );

  gauge('weir_proxy_up', 'Whether calls are being served.', overview.status === 'serving' ? 1 : 0);
  gauge('weir_proxy_processes', 'Worker processes that listen.', overview.listening);
  gauge('weir_proxy_in_flight', 'Calls open now.', sum(reports.map(({ inFlight }) => inFlight)));
  counts('weir_proxy_calls_total', 'outcome', 'Recorded calls by outcome.', metrics.calls);
  counts('weir_proxy_refusals_total', 'code', 'Answers of the proxy itself by code.', metrics.refusals);
  const upstream = 'weir_proxy_upstream_first_byte_seconds';
  family(
    upstream,
    'histogram',
    'Time from the start of a call to the first byte of the answer.',
    buckets(upstream, metrics.upstream),
  );
  const added = 'weir_proxy_added_seconds';
  family(added, 'histogram', 'Time the proxy itself added to a call.', buckets(added, metrics.added));
  gauge('weir_proxy_snapshot_version', 'Version of the configuration in force.', overview.snapshotVersion);
  gauge(
    'weir_proxy_snapshot_age_seconds',
    'Since the control plane last confirmed it.',
    overview.snapshotAgeMs / 1_000,
  );
  family('weir_proxy_snapshot_rejects_total', 'counter', 'Snapshots that were not taken over.', [
    `weir_proxy_snapshot_rejects_total ${overview.snapshotsRejected}`,
  ]);
  family('weir_proxy_worker_restarts_total', 'counter', 'Worker processes that ended and were started again.', [
    `weir_proxy_worker_restarts_total ${overview.workerRestarts}`,
  ]);
  const journals = reports.flatMap((report) => report.journals);
  for (const field of ['appended', 'confirmed', 'quarantined'] as const) {
    const name = `weir_journal_events_${field}_total`;
    const samples = journals.map((journal) => `${name}{journal="${journal.journalId}"} ${journal[field]}`);
    family(name, 'counter', `Events of the journal: ${field}.`, samples);
  }
  const { recorded, dropped } = metrics.transcripts;
  family('weir_transcripts_recorded_total', 'counter', 'Calls whose bodies were recorded.', [
    `weir_transcripts_recorded_total ${recorded}`,
  ]);
  const drops = Object.fromEntries(DROP_REASONS.map((reason) => [reason, dropped[reason] ?? 0]));
  const why = 'Calls that were to be recorded and are not, by reason; their usage is.';
  counts('weir_transcripts_dropped_total', 'reason', why, drops);
  const spooled = sum(reports.map(({ transcriptSpool }) => transcriptSpool.bytes));
  gauge('weir_transcripts_spool_bytes', 'Recorded calls on disk that are not stored yet.', spooled);
  const { accepted, rejected, leftOut } = metrics.spans;
  counts('weir_spans_total', 'outcome', 'Spans that agents sent.', { accepted, rejected });
  family('weir_spans_left_out_total', 'counter', 'Attributes, events and links of spans that are not kept.', [
    `weir_spans_left_out_total ${leftOut}`,
  ]);
  const spanBytes = sum(reports.map(({ spanSpoolBytes }) => spanSpoolBytes));
  gauge('weir_spans_spool_bytes', 'Spans on disk that are not stored yet.', spanBytes);
  const what = 'Spans of telemetry: taken by the collector, or lost because it was away or slow.';
  counts('weir_telemetry_spans_total', 'outcome', what, { ...metrics.telemetry });
  const writable = reports.filter(({ isJournalWritable }) => isJournalWritable).length;
  gauge('weir_journal_writable', 'Worker processes whose journal can be written.', writable);
  const delay = Math.max(0, ...reports.map(({ eventLoopP99Ms }) => eventLoopP99Ms));
  gauge('weir_proxy_event_loop_delay_p99_seconds', 'Of the slowest process.', delay / 1_000);
  gauge('weir_proxy_resident_memory_bytes', 'Of all worker processes.', sum(reports.map(({ rssBytes }) => rssBytes)));
  return `${lines.join('\n')}\n`;
}

function buckets(name: string, { counts, sumSeconds }: HistogramState): string[] {
  let total = 0;
  const samples = counts.map((count, index) => {
    total += count;
    return `${name}_bucket{le="${LATENCY_BOUNDS[index] ?? '+Inf'}"} ${total}`;
  });
  return [...samples, `${name}_sum ${sumSeconds}`, `${name}_count ${total}`];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

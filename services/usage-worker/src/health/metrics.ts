import type { Lane } from '../lane.js';
import type { PriceBookSubscription } from '../price-book/subscription.js';
import type { Progress } from '../progress.js';
import type { QueueState, Reconciler } from '../reconcile.js';
import type { TranscriptLane } from '../transcripts/lane.js';
import type { Tally } from '../transcripts/tally.js';
import type { Health } from './health.js';

export interface MetricSources {
  readonly progress: Progress;
  readonly reconciler: Reconciler;
  readonly priceBook: PriceBookSubscription;
  readonly health: Health;
  readonly transcripts: Pick<TranscriptLane, 'tally' | 'queue'>;
  readonly spans: { readonly lane: Pick<Lane, 'queue'>; readonly tally: Tally };
}

/** Prometheus text format. */
export function metricsText({ progress, reconciler, priceBook, health, transcripts, spans }: MetricSources): string {
  const lines: string[] = [];
  const metric = (
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    samples: readonly (readonly [string, number])[],
  ) => {
    lines.push(`# HELP weir_worker_${name} ${help}`, `# TYPE weir_worker_${name} ${type}`);
    for (const [labels, value] of samples) lines.push(`weir_worker_${name}${labels} ${value}`);
  };
  const one = (value: number): [string, number][] => [['', value]];
  const { backlog } = reconciler.state;
  const report = health.report();
  metric('batches_stored_total', 'counter', 'Batches confirmed by ClickHouse.', one(progress.batches));
  metric('events_stored_total', 'counter', 'Events in those batches.', one(progress.events));
  metric('events_quarantined_total', 'counter', 'Events set aside.', one(progress.quarantined));
  metric('batches_refused_total', 'counter', 'Batches whose bytes were not those cut.', one(progress.refused));
  metric(
    'insert_failures_total',
    'counter',
    'Failed tries to store something, by error code.',
    [...progress.insertFailures].map(([code, count]) => [`{code="${code}"}`, count]),
  );
  metric(
    'queue_jobs',
    'gauge',
    'Jobs in the queue, by state.',
    Object.entries(backlog ?? {}).map(([state, jobs]) => [`{state="${state}"}`, jobs as number]),
  );
  const lane = (name: string, what: string, tally: Tally, { backlog: waiting }: QueueState) => {
    metric(`${name}s_total`, 'counter', `${what}, by what became of them.`, [
      ['{outcome="stored"}', tally.stored],
      ['{outcome="repeated"}', tally.repeated],
      ['{outcome="deleted"}', tally.deleted],
      ['{outcome="unreadable"}', tally.bad],
      ['{outcome="refused"}', tally.refused],
    ]);
    const jobs = Object.entries(waiting ?? {}).map(([state, n]): [string, number] => [`{state="${state}"}`, n]);
    metric(`${name}_queue_jobs`, 'gauge', `Jobs in the queue of them, by state.`, jobs);
  };
  lane('transcript', 'Recorded calls', transcripts.tally, transcripts.queue);
  lane('span', 'Spans of agents', spans.tally, spans.lane.queue);
  metric('idle_seconds', 'gauge', 'Since anything last moved.', one(progress.sinceMs / 1_000));
  metric('price_book_version', 'gauge', 'Price book in force; 0 = none.', one(priceBook.current?.version ?? 0));
  metric('ready', 'gauge', '1 = storing what it is given.', one(report.ready ? 1 : 0));
  return `${lines.join('\n')}\n`;
}

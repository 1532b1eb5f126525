import type { LoadResult } from './load.js';
import { median } from './percentile.js';
import type { StreamsResult } from './streams.js';
import type { Target } from './target.js';

export type Name = Target['name'];
export type ByTarget<T> = Readonly<Record<Name, readonly T[]>>;

export interface Results {
  readonly closed: ByTarget<LoadResult>;
  readonly open: ByTarget<LoadResult>;
  /** One entry per number of streams. */
  readonly streams: readonly { readonly streams: number; readonly results: ByTarget<StreamsResult> }[];
}

const NAMES: readonly Name[] = ['direct', 'relay', 'weir', 'recorded', 'traced'];

interface Row {
  readonly label: string;
  readonly of: (name: Name) => number | null;
  readonly digits: number;
  /** Whether Weir in multiples of the relay says something. */
  readonly isRatio?: boolean;
}

function rows({ closed, open, streams }: Results): Row[] {
  const middle = <T>(results: ByTarget<T>, name: Name, of: (result: T) => number | null): number | null => {
    const values = results[name].map(of);
    return values.some((value) => value === null) ? null : median(values as number[]);
  };
  const added =
    <T>(results: ByTarget<T>, of: (result: T) => number) =>
    (name: Name) => {
      if (name === 'direct') return null;
      // Each round is held against the direct run beside it, so that a busy spell of the machine falls on both.
      return median(results[name].map((result, round) => of(result) - of(results.direct[round] as T)));
    };
  return [
    {
      label: 'calls/s, closed loop',
      isRatio: true,
      digits: 0,
      of: (name) => middle(closed, name, (r) => r.callsPerSecond),
    },
    {
      label: 'CPU us per call, closed loop',
      isRatio: true,
      digits: 1,
      of: (name) => middle(closed, name, (r) => r.cpuMicrosPerCall),
    },
    {
      label: 'CPU us per call, open loop',
      isRatio: true,
      digits: 1,
      of: (name) => middle(open, name, (r) => r.cpuMicrosPerCall),
    },
    { label: 'latency p50 ms, open loop', digits: 2, of: (name) => middle(open, name, (r) => r.latency.p50) },
    { label: 'latency p99 ms, open loop', digits: 2, of: (name) => middle(open, name, (r) => r.latency.p99) },
    { label: 'added p50 ms', digits: 2, of: added(open, (r) => r.latency.p50) },
    { label: 'added p99 ms', digits: 2, of: added(open, (r) => r.latency.p99) },
    ...streams.flatMap(({ streams: count, results }): Row[] => [
      { label: `${count} streams: events/s`, digits: 0, of: (name) => middle(results, name, (r) => r.eventsPerSecond) },
      {
        label: `${count} streams: CPU us per event`,
        isRatio: true,
        digits: 1,
        of: (name) => middle(results, name, (r) => r.cpuMicrosPerEvent),
      },
      {
        label: `${count} streams: memory KiB each`,
        digits: 1,
        of: (name) => middle(results, name, (r) => r.memoryKibPerStream),
      },
      { label: `${count} streams: added p50 ms`, digits: 2, of: added(results, (r) => r.latency.p50) },
      { label: `${count} streams: added p99 ms`, digits: 2, of: added(results, (r) => r.latency.p99) },
    ]),
    { label: 'calls that went wrong', digits: 0, of: (name) => errors({ closed, open, streams }, name) },
  ];
}

function errors({ closed, open, streams }: Results, name: Name): number {
  const all = [closed[name], open[name], ...streams.map(({ results }) => results[name])].flat();
  return all.reduce((sum, result) => sum + result.errors, 0);
}

/** A Markdown table of medians; the last columns are Weir in multiples of the bare relay, and of itself while it records or is traced. */
export function table(results: Results): string {
  const lines = rows(results).map(({ label, digits, of, isRatio = false }) => {
    const values = NAMES.map(of);
    const [, relay, weir, recorded, traced] = values;
    const ratio = (of?: number | null, to?: number | null): string =>
      isRatio && of && to ? `${(of / to).toFixed(2)}x` : '';
    const shown = values.map((value) => (value === null ? '–' : value.toFixed(digits)));
    return [label, ...shown, ratio(weir, relay), ratio(recorded, weir), ratio(traced, weir)];
  });
  const heads = ['', ...NAMES, 'weir / relay', 'recorded / weir', 'traced / weir'];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...lines.map((line) => (line[column] as string).length)),
  );
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [row(heads), rule, ...lines.map(row)].join('\n');
}

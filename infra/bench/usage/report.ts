import type { Machine } from '../machine.js';
import { median } from '../percentile.js';
import { type Cost, type Measured, withP95 } from './measure.js';

export interface UsageResults {
  readonly machine: Machine;
  readonly events: number;
  readonly days: number;
  readonly rounds: number;
  readonly seedSeconds: number | null;
  readonly measured: readonly Measured[];
  /** The same questions at a tenth of the events. */
  readonly tenth: readonly Measured[] | null;
  readonly arrivals: { readonly sent: number; readonly stored: number; readonly seconds: number } | null;
  readonly pageLoadsMs: readonly number[];
}

export const GOAL_P95_MS = 300;
const GOAL_RATIO = 1.5;
const GOAL_PAGE_MS = 1_500;
const WORST = 15;

const ms = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(0));
const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Markdown: a line per chart over all its ranges, groupings and filters, then the slowest questions one by one. */
export function reportText(results: UsageResults): string {
  const { machine, measured, tenth, arrivals, pageLoadsMs, events } = results;
  const charts = [...new Set(measured.map(({ question }) => question.chart))];
  const lines = charts.map((chart) => {
    const own = measured.filter(({ question, refusal }) => question.chart === chart && refusal === null);
    const all = withP95(own.flatMap(({ samplesMs }) => samplesMs));
    const costs = own.flatMap(({ cost }) => cost ?? []);
    const middleAndMost = (of: (cost: Cost) => number) =>
      costs.length > 0 ? `${count(median(costs.map(of)))} / ${count(Math.max(...costs.map(of)))}` : '–';
    return [
      chart,
      String(own.length),
      ...[all.p50, all.p95, all.p99, all.max].map(ms),
      middleAndMost(({ rowsRead }) => rowsRead),
      middleAndMost(({ cpuMs }) => cpuMs),
      ratioText(own, tenth),
    ];
  });
  const slowest = measured
    .filter(({ refusal }) => refusal === null)
    .sort((a, b) => b.spread.p95 - a.spread.p95)
    .slice(0, WORST)
    .map(({ question, spread, cost }) => [
      question.chart,
      question.range,
      question.variant,
      ms(spread.p50),
      ms(spread.p95),
      cost === null ? '–' : count(cost.rowsRead),
      cost === null ? '–' : count(cost.cpuMs),
    ]);
  const above = measured.filter(({ refusal, spread }) => refusal === null && spread.p95 > GOAL_P95_MS).length;
  const refused = measured.filter(({ refusal }) => refusal !== null);
  const page = withP95(pageLoadsMs);
  return [
    `${count(events)} events over ${results.days} days, ${results.rounds} rounds of ${measured.length} questions. ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, Node ${machine.node}; load average before: ${machine.loadAverage}.`,
    ...(results.seedSeconds === null ? [] : [`Filled in ${count(results.seedSeconds)} s.`]),
    ...(arrivals
      ? [
          `Meanwhile ${count(arrivals.sent / arrivals.seconds)} events a second arrived through queue and worker for ${count(arrivals.seconds)} s: ${count(arrivals.sent)} sent, ${count(arrivals.stored)} stored at the last look.`,
        ]
      : ['Nothing arrived meanwhile.']),
    '',
    table(
      [
        'chart',
        'questions',
        'p50 ms',
        'p95 ms',
        'p99 ms',
        'max ms',
        'rows read, median / most',
        'database CPU ms, median / most',
        'time at 10x events',
      ],
      lines,
    ),
    '',
    `${above} of ${measured.length - refused.length} questions have a p95 above ${GOAL_P95_MS} ms. 10x the events: ${ratioText(measured, tenth)} the time (goal: at most ${GOAL_RATIO}).`,
    ...refused.map(
      ({ question, refusal }) => `Refused: ${question.chart}, ${question.range}, ${question.variant}: ${refusal}`,
    ),
    ...(pageLoadsMs.length > 0
      ? [
          `Cost & Usage drawn and answering, ${pageLoadsMs.length} loads without a cache: p50 ${ms(page.p50)} ms, p95 ${ms(page.p95)} ms (goal: ${GOAL_PAGE_MS} ms).`,
        ]
      : []),
    '',
    'The slowest questions:',
    '',
    table(['chart', 'range', 'grouping and filter', 'p50 ms', 'p95 ms', 'rows read', 'database CPU ms'], slowest),
  ].join('\n');
}

/** Median over questions of how much longer each takes at ten times the events. */
function ratioText(measured: readonly Measured[], tenth: readonly Measured[] | null): string {
  const ratios = measured.flatMap(({ question, spread, refusal }) => {
    const small = tenth?.find(
      (one) =>
        one.question.chart === question.chart &&
        one.question.range === question.range &&
        one.question.variant === question.variant,
    );
    return refusal === null && small && small.refusal === null ? [spread.p50 / small.spread.p50] : [];
  });
  return ratios.length > 0 ? `${median(ratios).toFixed(2)}x` : '–';
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] as string).length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(heads), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

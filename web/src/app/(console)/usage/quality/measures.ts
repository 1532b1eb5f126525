import type { RateSeries } from '../../../../components/charts/line-chart';
import type { ChartUnit } from '../../../../components/charts/series';

export interface Point {
  readonly errorRate: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
  readonly firstTokenP50Ms: number | null;
  readonly firstTokenP95Ms: number | null;
  readonly firstTokenP99Ms: number | null;
  readonly cacheHitRate: number | null;
  readonly costPerCall: string | null;
  readonly costPerThousandOutputTokens: string | null;
}

interface Measure {
  readonly title: string;
  readonly unit: ChartUnit;
  /** What it is worked out from. */
  readonly about: string;
  readonly lines: readonly { readonly key: keyof Point; readonly label: string }[];
}

export const MEASURES: readonly Measure[] = [
  {
    title: 'Error rate',
    unit: 'share',
    about: 'Failed attempts by those that were sent on',
    lines: [{ key: 'errorRate', label: 'Error rate' }],
  },
  {
    title: 'Cache-hit rate',
    unit: 'share',
    about: 'Cached input by all input and cache writes',
    lines: [{ key: 'cacheHitRate', label: 'Cache-hit rate' }],
  },
  {
    title: 'Latency',
    unit: 'ms',
    about: 'From the first byte in to the last byte out',
    lines: [
      { key: 'latencyP50Ms', label: 'p50' },
      { key: 'latencyP95Ms', label: 'p95' },
      { key: 'latencyP99Ms', label: 'p99' },
    ],
  },
  {
    title: 'Time to first token',
    unit: 'ms',
    about: 'Of streamed answers',
    lines: [
      { key: 'firstTokenP50Ms', label: 'p50' },
      { key: 'firstTokenP95Ms', label: 'p95' },
      { key: 'firstTokenP99Ms', label: 'p99' },
    ],
  },
  {
    title: 'Cost per call',
    unit: 'usd',
    about: 'Spend by calls with a known cost',
    lines: [{ key: 'costPerCall', label: 'Cost per call' }],
  },
  {
    title: 'Cost per 1,000 output tokens',
    unit: 'usd',
    about: 'All spend by output tokens, reasoning included',
    lines: [{ key: 'costPerThousandOutputTokens', label: 'Cost per 1,000 output tokens' }],
  },
];

/** What there was nothing to compute from is a gap. */
export function rateSeries({ lines }: Measure, points: readonly Point[], whole: Point): RateSeries[] {
  return lines.map(({ key, label }) => ({
    ...{ key, label, whole: whole[key], values: points.map((point) => point[key]) },
    // Percentiles of one thing share its hue.
    group: lines.length > 1 ? key : null,
  }));
}

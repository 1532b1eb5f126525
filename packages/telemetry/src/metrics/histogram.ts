import type { Attributes } from '../otlp/attributes.js';
import { Series } from './series.js';

/** Of one metric; what comes beyond is summed under one overflow attribute, as the standard has it. */
const SERIES_MAX = 1_000;
const OVERFLOW = { 'otel.metric.overflow': true } as const;

export interface HistogramDescription {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly bounds: readonly number[];
}

/** Values by set of attributes; whoever records many asks for its series once and keeps it. */
export class Histogram {
  private readonly bySet = new Map<string, Series>();

  constructor(readonly about: HistogramDescription) {}

  /** The same for the same attributes in whichever order. */
  series(attributes: Attributes): Series {
    const key = keyOf(attributes);
    return this.bySet.get(key) ?? (this.bySet.size < SERIES_MAX - 1 ? this.add(key, attributes) : this.overflow());
  }

  /** Those that hold a value. */
  get all(): Series[] {
    return [...this.bySet.values()].filter(({ count }) => count > 0);
  }

  private overflow(): Series {
    return this.bySet.get(OVERFLOW_KEY) ?? this.add(OVERFLOW_KEY, OVERFLOW);
  }

  private add(key: string, attributes: Attributes): Series {
    const series = new Series(attributes, this.about.bounds);
    this.bySet.set(key, series);
    return series;
  }
}

const keyOf = (attributes: Attributes): string =>
  JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
const OVERFLOW_KEY = keyOf(OVERFLOW);

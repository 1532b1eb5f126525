/** Exact percentiles: every sample is kept and sorted, so the tail is not an estimate. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export function spreadOf(samples: Float64Array): Spread {
  const sorted = samples.slice().sort();
  // Nearest rank: the smallest sample that at least this share of all samples does not exceed.
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Samples of unknown number without an array of boxed numbers. */
export class Samples {
  private values = new Float64Array(4_096);
  private used = 0;

  add(value: number): void {
    if (this.used === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.used++] = value;
  }

  spread(): Spread {
    return spreadOf(this.values.subarray(0, this.used));
  }
}

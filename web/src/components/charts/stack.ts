import type { TimeSeries } from './series';

/** Lower and upper value of one bar; equal where a series has nothing in a bucket. */
export interface Layer {
  readonly from: number;
  readonly to: number;
}

export interface Stack {
  /** By series, then by bucket. */
  readonly layers: readonly (readonly Layer[])[];
  /** Height of the whole stack of each bucket. */
  readonly tops: readonly number[];
}

/** Puts the series of each bucket on top of each other, the first at the bottom. For drawing: exact sums are `sum`'s. */
export function stack(series: readonly TimeSeries[], buckets: number): Stack {
  const tops = new Array<number>(buckets).fill(0);
  const layers = series.map(({ values }) =>
    tops.map((from, index) => {
      const to = from + Math.max(0, Number(values[index] ?? 0));
      tops[index] = to;
      return { from, to };
    }),
  );
  return { layers, tops };
}

/** One path of all bars of a series; bars without height are left out. */
export function stackPath(
  layers: readonly Layer[],
  xOf: (index: number) => number,
  width: number,
  yOf: (value: number) => number,
): string {
  return layers
    .map(({ from, to }, index) => {
      if (to <= from) return '';
      const [x, top, bottom] = [xOf(index), yOf(to), yOf(from)].map((px) => Math.round(px * 100) / 100) as [
        number,
        number,
        number,
      ];
      return `M${x} ${bottom}V${top}h${Math.round(width * 100) / 100}V${bottom}Z`;
    })
    .join('');
}

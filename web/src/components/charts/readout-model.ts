import { differenceText } from './comparison';
import { type Amount, amountAt, type ChartUnit, readExact, sum, type TimeSeries } from './series';

/** Everything known of one bucket, in words and exact figures, for the eye and for screen readers alike. */
export interface Readout {
  readonly title: string;
  readonly rows: readonly ReadoutRow[];
  /** Sum of the rows; null where adding them up means nothing. */
  readonly total: string | null;
  /** Said of the whole bucket, one line each: the period before, the forecast, what stands out. */
  readonly lines: readonly ReadoutLine[];
}

export interface ReadoutRow {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly isNothing: boolean;
}

export interface ReadoutLine {
  readonly label: string;
  readonly text: string;
  readonly tone?: 'attention';
}

/** Low, expected and high of one bucket to come, exact. */
export interface ForecastAmounts {
  readonly low: Amount;
  readonly expected: Amount;
  readonly high: Amount;
}

export interface ReadoutSource {
  readonly title: string;
  /** Those on show, bottom first. */
  readonly series: readonly TimeSeries[];
  readonly unit: ChartUnit;
  readonly index: number;
  /** Whether the series add up. */
  readonly adds: boolean;
  /** A bucket that only the forecast knows. */
  readonly isAhead?: boolean;
  readonly previous?: { readonly label: string; readonly amount: Amount } | null;
  readonly forecast?: ForecastAmounts | null;
  readonly notes?: readonly ReadoutLine[];
}

export function readoutOf(source: ReadoutSource): Readout {
  const { title, series, unit, index, adds, isAhead = false, previous, forecast, notes = [] } = source;
  const amounts = series.map((one) => amountAt(one, index));
  const total = sum(amounts);
  const rows = isAhead
    ? []
    : series.map(({ key, label }, position) => ({
        key,
        label,
        text: readExact(unit, amounts[position] ?? null),
        isNothing: amounts[position] === undefined || Number(amounts[position] ?? 1) === 0,
      }));
  const difference = previous && !isAhead ? differenceText(unit, total, previous.amount) : null;
  return {
    title,
    rows,
    total: adds && rows.length > 0 ? readExact(unit, total) : null,
    lines: [
      ...(previous
        ? [
            {
              label: previous.label,
              text: `${readExact(unit, previous.amount)}${difference ? `, now ${difference}` : ''}`,
            },
          ]
        : []),
      ...(forecast
        ? [
            { label: 'Expected', text: readExact(unit, forecast.expected) },
            { label: 'Likely', text: `${readExact(unit, forecast.low)} to ${readExact(unit, forecast.high)}` },
          ]
        : []),
      ...notes,
    ],
  };
}

/** The whole bucket as one sentence. */
export function inWords({ title, rows, total, lines }: Readout): string {
  const parts = rows.map(({ label, text }) => `${label} ${text}`).join(', ');
  const head = total === null ? parts : `total ${total}. ${parts}`;
  const tail = lines.map(({ label, text }) => `${label}: ${text}`).join('. ');
  return `${title}: ${[head, tail].filter(Boolean).join('. ')}`;
}

/** One series of the bucket; null asks for the total. */
export function oneInWords(readout: Readout, key: string | null): string {
  const row = readout.rows.find((one) => one.key === key);
  return row ? `${row.label}: ${row.text}` : `Total: ${readout.total ?? 'nothing'}`;
}

/** The rows a small box has room for: those with something in this bucket first cut, the one pointed at always. */
export function rowsWithin(rows: readonly ReadoutRow[], room: number, key: string | null) {
  if (rows.length <= room) return { rows, more: 0 };
  const something = rows.filter((row) => !row.isNothing || row.key === key);
  const shown = something.slice(0, room);
  const pointed = something.find((row) => row.key === key);
  if (pointed && !shown.includes(pointed)) shown.splice(room - 1, 1, pointed);
  return { rows: shown, more: something.length - shown.length };
}

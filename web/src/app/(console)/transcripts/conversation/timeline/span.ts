/** The part of a timeline that is in sight, as shares of the whole. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const WHOLE: Span = { from: 0, to: 1 };
export const isWhole = ({ from, to }: Span) => from <= 0 && to >= 1;

/** As near as it gets: about half a turn over the whole width. */
export const leastOf = (turns: number) => 1 / (2 * Math.max(1, turns));

/** Nearer (below 1) or farther, while what is at `at` stays where it is drawn. */
export function zoomed({ from, to }: Span, factor: number, at: number, least: number): Span {
  const length = Math.min(1, Math.max(least, (to - from) * factor));
  return placed(at - ((at - from) / (to - from)) * length, length);
}

/** From one end of what was drawn over to the other. */
export function brushed(one: number, other: number, least: number): Span {
  const length = Math.max(least, Math.abs(other - one));
  return placed((one + other - length) / 2, length);
}

export const panned = ({ from, to }: Span, by: number): Span => placed(from + by, to - from);

/** Moved, where it has to be, so that `at` is in sight. */
export function holding(span: Span, at: number): Span {
  const length = span.to - span.from;
  return at >= span.from && at <= span.to ? span : placed(at - length / 2, length);
}

function placed(from: number, length: number): Span {
  if (length >= 1) return WHOLE;
  const start = Math.min(1 - length, Math.max(0, from));
  return { from: start, to: start + length };
}

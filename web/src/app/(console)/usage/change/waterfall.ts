import { fromScaled, toScaled } from '../../../../decimal';

export interface Step {
  readonly name: string;
  readonly amount: string;
  /** `total` stands on the ground; an effect hangs where the one before it ended. */
  readonly kind: 'total' | 'effect';
  readonly explanation?: string;
  /** Both as shares of the drawing, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

interface Effect {
  readonly name: string;
  readonly amount: string;
  readonly explanation: string;
}

/** From what was, over what changed it, to what is. The steps add up exactly; only their drawing is rounded. */
export function waterfall(before: string, effects: readonly Effect[], after: string): Step[] {
  let at = toScaled(before);
  const spans = effects.map(({ amount }) => {
    const start = at;
    at += toScaled(amount);
    return { start, end: at };
  });
  const edges = [0n, toScaled(before), toScaled(after), ...spans.map(({ end }) => end)];
  const lowest = edges.reduce((low, edge) => (edge < low ? edge : low));
  const highest = edges.reduce((high, edge) => (edge > high ? edge : high));
  const whole = Number(highest - lowest) || 1;
  const drawn = (start: bigint, end: bigint) => ({
    left: Number((start < end ? start : end) - lowest) / whole,
    width: Number(start < end ? end - start : start - end) / whole,
  });
  return [
    { name: 'Before', amount: before, kind: 'total', ...drawn(0n, toScaled(before)) },
    ...effects.map((effect, index): Step => {
      const { start, end } = spans[index] as { start: bigint; end: bigint };
      return { ...effect, kind: 'effect', ...drawn(start, end) };
    }),
    { name: 'Now', amount: after, kind: 'total', ...drawn(0n, toScaled(after)) },
  ];
}

/** Whether the steps between really lead from one to the other, to the last digit. */
export function addsUp(before: string, effects: readonly { readonly amount: string }[], after: string): boolean {
  const sum = effects.reduce((total, { amount }) => total + toScaled(amount), toScaled(before));
  return fromScaled(sum) === fromScaled(toScaled(after));
}

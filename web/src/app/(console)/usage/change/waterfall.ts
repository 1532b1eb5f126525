import { fromScaled, toScaled } from '../../../../decimal';
import { knownSpend, type PartlyKnown } from '../known-spend';

interface Drawn {
  readonly name: string;
  /** Both as shares of the drawing, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

/** Stands on the ground; null = of nothing but calls without a price. */
interface TotalStep extends Drawn {
  readonly kind: 'total';
  readonly amount: string | null;
}

/** Hangs where the one before it ended. */
interface EffectStep extends Drawn {
  readonly kind: 'effect';
  readonly amount: string;
  readonly explanation: string;
}

export type Step = TotalStep | EffectStep;

interface Effect {
  readonly name: string;
  readonly amount: string;
  readonly explanation: string;
}

/** From what was, over what changed it, to what is. The steps add up exactly; only their drawing is rounded. */
export function waterfall(before: PartlyKnown, effects: readonly Effect[], after: PartlyKnown): Step[] {
  const [first, last] = [toScaled(before.spend), toScaled(after.spend)];
  let at = first;
  const spans = effects.map(({ amount }) => {
    const start = at;
    at += toScaled(amount);
    return { start, end: at };
  });
  const edges = [0n, first, last, ...spans.map(({ end }) => end)];
  const lowest = edges.reduce((low, edge) => (edge < low ? edge : low));
  const highest = edges.reduce((high, edge) => (edge > high ? edge : high));
  const whole = Number(highest - lowest) || 1;
  const drawn = (start: bigint, end: bigint) => ({
    left: Number((start < end ? start : end) - lowest) / whole,
    width: Number(start < end ? end - start : start - end) / whole,
  });
  return [
    { name: 'Before', amount: knownSpend(before), kind: 'total', ...drawn(0n, first) },
    ...effects.map((effect, index): Step => {
      const { start, end } = spans[index] as { start: bigint; end: bigint };
      return { ...effect, kind: 'effect', ...drawn(start, end) };
    }),
    { name: 'Now', amount: knownSpend(after), kind: 'total', ...drawn(0n, last) },
  ];
}

/** Whether the steps between really lead from one to the other, to the last digit. */
export function addsUp(before: string, effects: readonly { readonly amount: string }[], after: string): boolean {
  const sum = effects.reduce((total, { amount }) => total + toScaled(amount), toScaled(before));
  return fromScaled(sum) === fromScaled(toScaled(after));
}

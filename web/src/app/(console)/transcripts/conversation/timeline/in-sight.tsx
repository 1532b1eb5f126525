import { count, exactTime, plural } from '../../../../../format';
import type { Span } from './span';
import type { TurnsIndex } from './turns-index';

/** Which part of the whole the strip shows; its room stays where all of it is in sight. */
export function PartInSight({ span: { from, to } }: { span: Span }) {
  return (
    <div aria-hidden className="h-0.5">
      <div
        hidden={to - from >= 1}
        className="h-full min-w-1 bg-accent"
        style={{ marginLeft: `${from * 100}%`, width: `${(to - from) * 100}%` }}
      />
    </div>
  );
}

const timeOfDay = (at: string) => at.replace(/^.*, /, '');

/** `41 turns in sight, 120 to 160: 22 Nov 2026, 09:12:01 UTC – 09:14:22 UTC`. */
export function inSightText(index: TurnsIndex, [first, last]: readonly [first: number, last: number]): string {
  const [from, to] = [first, last].map((place) => exactTime(new Date(index.startsMs[place] ?? 0))) as [string, string];
  if (first === last) return `Turn ${count(index.numberOf(first))} in sight: ${from}`;
  const isSameDay = from.slice(0, from.indexOf(',')) === to.slice(0, to.indexOf(','));
  const numbers = `${count(index.numberOf(first))} to ${count(index.numberOf(last))}`;
  return `${plural(last - first + 1, 'turn')} in sight, ${numbers}: ${from} – ${isSameDay ? timeOfDay(to) : to}`;
}

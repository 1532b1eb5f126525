import { HUES, OTHER, type Paint, shaded } from './palette';
import type { TimeSeries } from './series';

/** Of one hue: the first half in its first shade, the second half in its second. */
export const HATCHES = [
  'solid',
  'rising',
  'falling',
  'dots',
  'level',
  'cross',
  'upright',
  'grid',
  'rising-dense',
  'falling-dense',
  'rings',
  'checks',
] as const;
export type Hatch = (typeof HATCHES)[number];

export interface Appearance {
  readonly paint: Paint;
  readonly hatch: Hatch;
}
export type Appearances = ReadonlyMap<string, Appearance>;

const FIRST_SHADE = HATCHES.length / 2;
const OTHER_LOOK: Appearance = { paint: OTHER, hatch: 'solid' };
const nameOf = ({ paint, hatch }: Appearance) => `${paint.light} ${hatch}`;

/**
 * A hue for each group, a hatch for each further series of it; beyond all hatches the next hue. Who had a look in
 * `before` keeps it, so that new figures recolour nobody.
 */
export function appearances(series: readonly TimeSeries[], before: Appearances = new Map()): Appearances {
  const result = new Map<string, Appearance>();
  const kept = series.flatMap((one) => before.get(one.key) ?? []);
  const used = new Set(kept.map(nameOf));
  const hues = new Map<string, number>();
  for (const one of series) {
    const look = before.get(one.key);
    if (look && !one.other && !hues.has(groupOf(one))) hues.set(groupOf(one), hueOf(look));
  }
  for (const one of series) {
    const look = one.other ? OTHER_LOOK : (before.get(one.key) ?? freeLook(one, hues, used));
    used.add(nameOf(look));
    result.set(one.key, look);
  }
  return result;
}

const groupOf = (one: TimeSeries) => one.group ?? `series ${one.key}`;

function hueOf({ paint }: Appearance): number {
  return HUES.findIndex((hue) => hue.light === paint.light || shaded(hue).light === paint.light);
}

/** The first look of the group's hue that nobody has; of the next hues when it has none left. */
function freeLook(one: TimeSeries, hues: Map<string, number>, used: ReadonlySet<string>): Appearance {
  const taken = new Set(hues.values());
  const open = HUES.findIndex((_, index) => !taken.has(index));
  const start = hues.get(groupOf(one)) ?? (open === -1 ? hues.size % HUES.length : open);
  if (!hues.has(groupOf(one))) hues.set(groupOf(one), start);
  for (let step = 0; step < HUES.length; step++) {
    const hue = HUES[(start + step) % HUES.length] as Paint;
    for (const [index, hatch] of HATCHES.entries()) {
      const look = { paint: index < FIRST_SHADE ? hue : shaded(hue), hatch };
      if (!used.has(nameOf(look))) return look;
    }
  }
  return { paint: HUES[start] as Paint, hatch: 'solid' };
}

/** The series in the order they had before, new ones after them and the rest last: new figures reorder nothing. */
export function inKnownOrder(series: readonly TimeSeries[], before: readonly string[]): readonly TimeSeries[] {
  const place = new Map(before.map((key, index) => [key, index]));
  const rank = (one: TimeSeries) => (one.other ? Number.POSITIVE_INFINITY : (place.get(one.key) ?? before.length));
  return series.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}

import type { TimeSeries } from './series';

/**
 * Okabe and Ito's colours, told apart with every common colour vision deficiency (jfly.uni-koeln.de/color). Yellow is
 * left out since it vanishes on white; the grey of "other" stands for their black.
 */
export const HUES = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00'] as const;
export const OTHER_HUE = '#8a949b';

export const HATCHES = ['solid', 'rising', 'falling', 'dots', 'level', 'cross'] as const;
export type Hatch = (typeof HATCHES)[number];

export interface Appearance {
  readonly color: string;
  readonly hatch: Hatch;
}

/** A hue for each group, a hatch for each further series of it; beyond all hatches the next hue. */
export function appearances(series: readonly TimeSeries[]): ReadonlyMap<string, Appearance> {
  const result = new Map<string, Appearance>();
  const groups = new Map<string, { hue: number; used: number }>();
  let nextHue = 0;
  for (const one of series) {
    if (one.other) {
      result.set(one.key, { color: OTHER_HUE, hatch: 'solid' });
      continue;
    }
    const name = one.group ?? `series ${one.key}`;
    let group = groups.get(name);
    if (!group || group.used === HATCHES.length) {
      group = { hue: nextHue++, used: 0 };
      groups.set(name, group);
    }
    // Past the last hue the hues repeat, so the hatch moves on to keep every pair apart.
    const lap = Math.floor(group.hue / HUES.length);
    result.set(one.key, {
      color: HUES[group.hue % HUES.length] as string,
      hatch: HATCHES[(group.used + lap) % HATCHES.length] as Hatch,
    });
    group.used++;
  }
  return result;
}

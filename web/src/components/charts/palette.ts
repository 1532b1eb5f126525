/**
 * Hues that keep 3:1 against the canvas of their theme and stay apart with deuteranopia and protanopia: chosen by a
 * search over OKLCH for the largest distance of the closest pair in all three views, and held to it by palette.test.ts.
 */
export const HUES = [
  { light: '#236f9f', dark: '#5669a0' },
  { light: '#b95019', dark: '#ee7244' },
  { light: '#307f63', dark: '#97d2a2' },
  { light: '#6041d2', dark: '#6e52e3' },
  { light: '#2a9cdb', dark: '#3addfe' },
  { light: '#a3924f', dark: '#dec038' },
  { light: '#733d62', dark: '#ee64d2' },
  { light: '#803d18', dark: '#a35c39' },
] as const satisfies readonly Paint[];
export const OTHER: Paint = { light: '#87919a', dark: '#7d8890' };

/** The same thing in both themes. */
export interface Paint {
  readonly light: string;
  readonly dark: string;
}

/** How far the second shade of a hue goes towards black in light and towards white in dark. */
const SHADE = 0.42;

/** The second shade of a hue, farther from the canvas than the first. */
export function shaded({ light, dark }: Paint): Paint {
  return { light: mix(light, 0, SHADE), dark: mix(dark, 255, SHADE) };
}

function mix(hex: string, towards: number, share: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `#${channels
    .map((channel) =>
      Math.round(channel + (towards - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** As a CSS colour that follows the theme. */
export function paintOf({ light, dark }: Paint): string {
  return `light-dark(${light}, ${dark})`;
}

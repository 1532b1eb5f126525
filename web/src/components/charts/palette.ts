/**
 * Hues that keep 3:1 against the canvas of their theme and stay apart with deuteranopia and protanopia: chosen by a
 * search over OKLCH for the largest distance of the closest pair in all three views, and held to it by palette.test.ts.
 */
export const HUES = [
  { light: '#236f9f', dark: '#4c8fd6' },
  { light: '#b95019', dark: '#de6640' },
  { light: '#307f63', dark: '#a6d5b1' },
  { light: '#6041d2', dark: '#5f5fd4' },
  { light: '#2a9cdb', dark: '#33bbd1' },
  { light: '#a3924f', dark: '#e7b04f' },
  { light: '#733d62', dark: '#9c4298' },
  { light: '#803d18', dark: '#a44f44' },
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

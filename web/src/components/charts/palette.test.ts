import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { appearances, HATCHES } from './appearance';
import { HUES, OTHER, type Paint, shaded } from './palette';

type Linear = readonly [number, number, number];

const CSS = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
const [, light = '', dark = ''] = /--canvas: light-dark\((#\w{6}), (#\w{6})\)/.exec(CSS) ?? [];
const CANVAS: Paint = { light, dark };
const THEMES = ['light', 'dark'] as const;

/** WCAG 2.2, 1.4.11: what a chart is read by. */
const LEAST_CONTRAST = 3;
/** In OKLab, where 2 is about the least difference that is seen at all. */
const LEAST_DISTANCE = 9;

function linear(hex: string): Linear {
  return [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as unknown as Linear;
}

const luminance = ([red, green, blue]: Linear) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes (2009) at full severity, on linear RGB. */
const SIGHTS = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
} satisfies Record<string, [Linear, Linear, Linear]>;
type Sight = keyof typeof SIGHTS;

function seen(hex: string, sight: Sight): Linear {
  const color = linear(hex);
  return SIGHTS[sight].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, factor, index) => sum + factor * (color[index] ?? 0), 0),
      ),
    ),
  ) as unknown as Linear;
}

function oklab([red, green, blue]: Linear): Linear {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: string, b: string, sight: Sight): number {
  const [one, other] = [oklab(seen(a, sight)), oklab(seen(b, sight))];
  return 100 * Math.hypot(...one.map((value, index) => value - (other[index] ?? 0)));
}

const pairs = <T>(all: readonly T[]) => all.flatMap((a, index) => all.slice(index + 1).map((b) => [a, b] as const));

describe.each(THEMES)('the palette in %s', (theme) => {
  it('keeps every hue, its second shade and the rest 3:1 to the canvas, which also parts neighbours in a bar', () => {
    expect(CANVAS[theme]).toMatch(/^#\w{6}$/);
    for (const paint of [...HUES, ...HUES.map(shaded), OTHER]) {
      expect(contrast(paint[theme], CANVAS[theme]), paint[theme]).toBeGreaterThanOrEqual(LEAST_CONTRAST);
    }
  });

  it.each(Object.keys(SIGHTS) as Sight[])('keeps all hues and the rest apart with %s', (sight) => {
    for (const [a, b] of pairs([...HUES, OTHER])) {
      expect(distance(a[theme], b[theme], sight), `${a[theme]} and ${b[theme]}`).toBeGreaterThanOrEqual(LEAST_DISTANCE);
    }
  });

  it.each(Object.keys(SIGHTS) as Sight[])('tells 50 series of any types apart with %s', (sight) => {
    for (const types of [1, 3, 8, 50]) {
      const series = Array.from({ length: 50 }, (_, index) => {
        return { key: `s${index}`, label: '', values: [], group: `t${index % types}` };
      });
      for (const [a, b] of pairs([...appearances(series).values()])) {
        if (a.hatch !== b.hatch) continue;
        expect(distance(a.paint[theme], b.paint[theme], sight)).toBeGreaterThanOrEqual(2);
      }
    }
  });
});

it('gives twelve providers of one type twelve hatches of one hue', () => {
  const series = Array.from({ length: 12 }, (_, index) => ({
    key: `p${index}`,
    label: '',
    values: [],
    group: 'openai',
  }));
  const looks = [...appearances(series).values()];
  expect(new Set(looks.map(({ hatch }) => hatch))).toEqual(new Set(HATCHES));
  const hue = HUES[0];
  for (const { paint } of looks) expect([hue.light, shaded(hue).light]).toContain(paint.light);
});

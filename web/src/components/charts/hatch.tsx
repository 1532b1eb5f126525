import type { Appearance, Hatch } from './appearance';
import { paintOf } from './palette';

interface Tile {
  readonly size: number;
  readonly lines?: string;
  readonly width?: number;
  readonly dots?: readonly (readonly [x: number, y: number])[];
  readonly squares?: string;
}

const TILES: Record<Hatch, Tile> = {
  solid: { size: 8 },
  rising: { size: 8, lines: 'M-2 10 10 -2M-2 2 2 -2M6 10 10 6', width: 2 },
  falling: { size: 8, lines: 'M-2 -2 10 10M6 -2 10 2M-2 6 2 10', width: 2 },
  dots: {
    size: 6,
    dots: [
      [1.5, 1.5],
      [4.5, 4.5],
    ],
  },
  level: { size: 6, lines: 'M0 3H6', width: 2 },
  cross: { size: 8, lines: 'M-2 10 10 -2M-2 -2 10 10', width: 1.4 },
  upright: { size: 6, lines: 'M3 0V6', width: 2 },
  grid: { size: 6, lines: 'M3 0V6M0 3H6', width: 1.2 },
  'rising-dense': { size: 4, lines: 'M-1 5 5 -1M-1 1 1 -1M3 5 5 3', width: 1.1 },
  'falling-dense': { size: 4, lines: 'M-1 -1 5 5M3 -1 5 1M-1 3 1 5', width: 1.1 },
  rings: { size: 8, lines: 'M4 1.6a2.4 2.4 0 1 0 .01 0Z', width: 1.3 },
  checks: { size: 6, squares: 'M0 0h3v3h-3zM3 3h3v3h-3z' },
};

/** Pattern of a series, by reference `url(#id)` as its fill. Attributes only, so that it can leave the page as a file. */
export function HatchPattern({ id, appearance }: { id: string; appearance: Appearance }) {
  const { size, lines, width, dots, squares } = TILES[appearance.hatch];
  return (
    <pattern id={id} width={size} height={size} patternUnits="userSpaceOnUse">
      <rect width={size} height={size} fill={paintOf(appearance.paint)} />
      {lines && <path d={lines} fill="none" stroke="var(--canvas)" strokeWidth={width} />}
      {dots?.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="1.1" fill="var(--canvas)" />
      ))}
      {squares && <path d={squares} fill="var(--canvas)" />}
    </pattern>
  );
}

export function Swatch({ id, appearance }: { id: string; appearance: Appearance }) {
  return (
    <svg aria-hidden width="14" height="14" viewBox="0 0 14 14" className="shrink-0">
      <defs>
        <HatchPattern id={id} appearance={appearance} />
      </defs>
      <rect x="0.5" y="0.5" width="13" height="13" rx="2" fill={`url(#${id})`} stroke={paintOf(appearance.paint)} />
    </svg>
  );
}

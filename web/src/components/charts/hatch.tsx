import type { Appearance, Hatch } from './appearance';

const LINES: Record<Hatch, string | null> = {
  solid: null,
  rising: 'M-1 7 7 -1M-1 1 1 -1M5 7 7 5',
  falling: 'M-1 -1 7 7M5 -1 7 1M-1 5 1 7',
  dots: null,
  level: 'M0 1.5H6M0 4.5H6',
  cross: 'M-1 7 7 -1M-1 -1 7 7',
};

/** Pattern of a series, by reference `url(#id)` as its fill. */
export function HatchPattern({ id, appearance }: { id: string; appearance: Appearance }) {
  const lines = LINES[appearance.hatch];
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill={appearance.color} />
      {lines && <path d={lines} className="stroke-canvas" strokeWidth="1.4" />}
      {appearance.hatch === 'dots' && (
        <g className="fill-canvas">
          <circle cx="1.5" cy="1.5" r="1.1" />
          <circle cx="4.5" cy="4.5" r="1.1" />
        </g>
      )}
    </pattern>
  );
}

export function Swatch({ id, appearance }: { id: string; appearance: Appearance }) {
  return (
    <svg aria-hidden width="10" height="10" viewBox="0 0 10 10" className="shrink-0">
      <defs>
        <HatchPattern id={id} appearance={appearance} />
      </defs>
      <rect width="10" height="10" rx="1.5" fill={`url(#${id})`} />
    </svg>
  );
}

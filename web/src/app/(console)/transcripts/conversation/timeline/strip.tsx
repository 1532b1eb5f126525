'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useState } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { duration } from '@/format';
import { barsOf, type Kind, type Run, runsOf, turnAt } from './bars';
import { lanesOf } from './lanes';
import { timeScale } from './scale';
import { turnText } from './turn-text';
import type { TurnsIndex } from './turns-index';

const LANE_PX = 14;
const LANE_GAP_PX = 4;
/** Above the lanes: marks of failures, which are no matter of colour alone. */
const MARKS_PX = 10;
const FILLS: Readonly<Record<Kind, string>> = { waiting: 'fill-line-2', answered: 'fill-ink-3', failed: 'fill-red' };
const KINDS = Object.keys(FILLS) as Kind[];

interface StripProps {
  index: TurnsIndex;
  isToScale: boolean;
  /** Place of the turn that the page stands at. */
  current: number;
  onJump: (place: number) => void;
}

/** Every turn as a bar over time, in lanes where agents work at once; one path per kind, however many turns there are. */
export function Strip({ index, isToScale, current, onJump }: StripProps) {
  const { ref, width } = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  // The page stands elsewhere: so does the cursor.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that it changed is all that counts.
  useEffect(() => setCursor(null), [current]);
  const laneOf = useMemo(() => lanesOf(index), [index]);
  const drawn = useMemo(() => {
    const works = index.startsMs.map((start, place) => [start, start + (index.durationsMs[place] ?? 0)] as const);
    const scale = timeScale(works, Math.max(0, width - 2), isToScale);
    const bars = barsOf(index, scale);
    return { scale, bars, runs: width === 0 ? [] : runsOf(index, laneOf, bars, width) };
  }, [index, laneOf, width, isToScale]);
  const lanes = Math.max(0, ...laneOf) + 1;
  const height = MARKS_PX + lanes * (LANE_PX + LANE_GAP_PX);
  const at = Math.min(cursor ?? current, index.count - 1);

  const placeUnder = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const lane = Math.floor((event.clientY - box.top - MARKS_PX) / (LANE_PX + LANE_GAP_PX));
    return turnAt(index, laneOf, drawn.bars, {
      xPx: event.clientX - box.left,
      lane: Math.min(lanes - 1, Math.max(0, lane)),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onJump(at);
      return;
    }
    const far = Math.max(1, Math.round(index.count / 10));
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -far, PageUp: far },
      ...{ Home: -index.count, End: index.count },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setCursor(Math.min(index.count - 1, Math.max(0, at + step)));
  };
  const shown = hovered ?? at;
  return (
    <>
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label="Turns over time"
        aria-valuemin={index.numberOf(0)}
        aria-valuemax={index.numberOf(index.count - 1)}
        aria-valuenow={index.numberOf(at)}
        aria-valuetext={turnText(index, at)}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setHovered(placeUnder(event))}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          const place = placeUnder(event as PointerEvent<HTMLDivElement>);
          if (place === null) return;
          setCursor(place);
          onJump(place);
        }}
        className="cursor-pointer touch-pan-y overflow-hidden border-b border-line"
        style={{ height }}
      >
        <svg aria-hidden width={width} height={height} className="block">
          {KINDS.map((kind) => (
            <path key={kind} d={pathOf(drawn.runs, kind)} className={FILLS[kind]} />
          ))}
          {drawn.scale.pauses.length <= width / 24 &&
            drawn.scale.pauses.map(({ atPx, ms }) => (
              <g key={atPx} className="stroke-edge">
                <title>{`A pause of ${duration(ms)}`}</title>
                <path d={`M${atPx - 3} ${height - 4}l3 -${LANE_PX - 2}M${atPx + 1} ${height - 4}l3 -${LANE_PX - 2}`} />
              </g>
            ))}
          <Caret bars={drawn.bars} place={at} height={height} />
        </svg>
      </div>
      <p className="figures mt-1 min-h-4 text-caption text-ink-2" aria-hidden>
        {turnText(index, shown)}
      </p>
    </>
  );
}

const topOf = (lane: number) => MARKS_PX + lane * (LANE_PX + LANE_GAP_PX);

function pathOf(runs: readonly Run[], kind: Kind): string {
  return runs
    .filter((run) => run.kind === kind)
    .map(({ lane, fromPx, toPx }) => {
      const bar = `M${fromPx} ${topOf(lane)}H${toPx}V${topOf(lane) + LANE_PX}H${fromPx}Z`;
      const middle = (fromPx + toPx) / 2;
      return kind === 'failed' ? `${bar}M${middle - 4} 0h8l-4 7Z` : bar;
    })
    .join('');
}

function Caret({ bars, place, height }: { bars: ReturnType<typeof barsOf>; place: number; height: number }) {
  const x = bars.fromPx[place];
  if (x === undefined) return null;
  return <rect x={Math.max(0, x - 1)} y={0} width={2} height={height} className="fill-accent" />;
}

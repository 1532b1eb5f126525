'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useState } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { cn } from '@/components/ui/cn';
import { barsOf, placesInSight, runsOf, turnAt } from './bars';
import { inSightText, PartInSight } from './in-sight';
import { lanesOf } from './lanes';
import { heightOf, laneAt, Picture } from './picture';
import { scaleOf, timeScale } from './scale';
import { holding, isWhole, WHOLE, zoomed } from './span';
import { turnText } from './turn-text';
import type { TurnsIndex } from './turns-index';
import { useZoom, type Zoom } from './use-zoom';

interface StripProps {
  index: TurnsIndex;
  isToScale: boolean;
  zoom: Zoom;
  /** Place of the turn that the page stands at. */
  current: number;
  onJump: (place: number) => void;
}

/** By what one press of a key, or of a button, comes nearer. */
export const ZOOM_STEP = 0.5;
const ZOOM_KEYS: Readonly<Record<string, number>> = {
  ...{ '+': ZOOM_STEP, '=': ZOOM_STEP, '-': 1 / ZOOM_STEP, _: 1 / ZOOM_STEP, '0': Number.POSITIVE_INFINITY },
};

/** Every turn as a bar over time, in lanes where agents work at once; all of it, or the part that somebody went into. */
export function Strip({ index, isToScale, zoom, current, onJump }: StripProps) {
  const { span, least, setSpan } = zoom;
  const { ref, width } = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { brush, wasDrawn, handlers } = useZoom(ref, width, zoom);
  const { onDrag, ...pointer } = handlers;
  const laneOf = useMemo(() => lanesOf(index), [index]);
  const lanes = Math.max(0, ...laneOf) + 1;
  const height = heightOf(lanes);
  const whole = useMemo(() => {
    const works = index.startsMs.map((start, place) => [start, start + (index.durationsMs[place] ?? 0)] as const);
    return timeScale(works, 1, isToScale);
  }, [index, isToScale]);
  const drawn = useMemo(() => {
    const scale = scaleOf(whole, span, Math.max(0, width - 2));
    const bars = barsOf(index, scale);
    return { scale, bars, runs: width === 0 ? [] : runsOf(index, laneOf, bars, width) };
  }, [index, laneOf, width, whole, span]);
  const inSight = isWhole(span) ? null : placesInSight(drawn.bars, width);
  const at = Math.min(cursor ?? current, index.count - 1);
  const shareOf = (place: number) => whole.xOf(index.startsMs[place] ?? 0);

  // The page stands elsewhere: so does the cursor, in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that it changed is all that counts.
  useEffect(() => {
    setCursor(null);
    setSpan(holding(span, shareOf(Math.min(current, index.count - 1))));
  }, [current, isToScale]);

  const placeUnder = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = { xPx: event.clientX - box.left, lane: laneAt(event.clientY - box.top, lanes) };
    return turnAt(index, laneOf, drawn.bars, point);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = Math.max(1, Math.round(((inSight ? inSight[1] - inSight[0] : index.count) || 1) / 10));
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -far, PageUp: far },
      ...{ Home: -index.count, End: index.count },
    };
    const [factor, step] = [ZOOM_KEYS[event.key], steps[event.key]];
    if (event.key === 'Enter' || event.key === ' ') onJump(at);
    else if (factor !== undefined) {
      setSpan(Number.isFinite(factor) ? zoomed(holding(span, shareOf(at)), factor, shareOf(at), least) : WHOLE);
    } else if (step !== undefined) {
      const next = Math.min(index.count - 1, Math.max(0, at + step));
      setCursor(next);
      setSpan(holding(span, shareOf(next)));
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label="Turns over time"
        aria-keyshortcuts="+ - 0"
        aria-valuemin={index.numberOf(0)}
        aria-valuemax={index.numberOf(index.count - 1)}
        aria-valuenow={index.numberOf(at)}
        aria-valuetext={turnText(index, at)}
        onKeyDown={onKeyDown}
        {...pointer}
        onPointerMove={(event) => {
          onDrag(event);
          setHovered(placeUnder(event));
        }}
        onPointerLeave={() => setHovered(null)}
        onClick={(event) => {
          const place = wasDrawn() ? null : placeUnder(event as PointerEvent<HTMLDivElement>);
          if (place === null) return;
          setCursor(place);
          onJump(place);
        }}
        className={cn(
          'touch-pan-y overflow-hidden border-b border-line select-none',
          brush ? 'cursor-col-resize' : 'cursor-pointer',
        )}
        style={{ height }}
      >
        <Picture {...{ width, height, at, brush, bars: drawn.bars, runs: drawn.runs }} pauses={drawn.scale.pauses} />
      </div>
      <PartInSight span={span} />
      <div className="figures mt-1 flex min-h-4 flex-wrap justify-between gap-x-6 text-caption text-ink-2">
        <p aria-hidden>{turnText(index, hovered ?? at)}</p>
        <p role="status">{inSight && inSightText(index, inSight)}</p>
      </div>
    </>
  );
}

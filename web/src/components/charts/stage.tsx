'use client';
import { type ReactNode, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { Appearances } from './appearance';
import { bandOf, bucketAt, type Frame } from './layout';
import { afterKey, indexOf, NOTHING_READ } from './reading';
import { ReadoutBox } from './readout';
import { inWords, oneInWords, type Readout } from './readout-model';
import { useWidth } from './use-width';

export interface StageProps {
  id: string;
  /** `Spend over time by provider, by day`. */
  label: string;
  height: number;
  buckets: readonly string[];
  /** Bottom of the stack first. */
  seriesKeys: readonly string[];
  looks: Appearances;
  frameFor: (widthPx: number, heightPx: number) => Frame;
  draw: (frame: Frame, pointed: string | null) => ReactNode;
  /** The series under a pointer within a bucket. */
  seriesAt: (index: number, yPx: number, frame: Frame) => string | null;
  readoutAt: (index: number) => Readout;
  onOpen?: (index: number, seriesKey: string | null) => void;
  /** Said over the empty axes. */
  emptyText?: string | null;
  /** Over the drawing, where buttons stand: marks of anomalies. */
  over?: (frame: Frame) => ReactNode;
}

const READOUT_WIDTH_PX = 288;
const NARROW_PX = 520;
const READOUT_ROW_PX = 20;
const READOUT_HEAD_PX = 96;

/** The drawing under its crosshair. As a slider over the buckets it reads out every figure to eyes and screen readers. */
export function Stage(props: StageProps) {
  const { id, label, height, buckets, seriesKeys, looks, readoutAt, onOpen } = props;
  const { ref, width } = useWidth();
  const [reading, setReading] = useState(NOTHING_READ);
  /** By pointer the readout stays beside it; by key it is said aloud as well. */
  const [byKey, setByKey] = useState(false);
  const touched = useRef<string | null>(null);
  const frame = props.frameFor(width, height);
  const at = indexOf(reading, buckets);
  const band = at === null ? null : bandOf(at, buckets.length, frame);
  const readout = at === null ? null : readoutAt(at);
  const series = reading.series !== null && seriesKeys.includes(reading.series) ? reading.series : null;

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (onOpen && at !== null && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      onOpen(at, series);
      return;
    }
    const next =
      event.altKey || event.ctrlKey || event.metaKey ? null : afterKey(reading, event.key, buckets, seriesKeys);
    if (!next) return;
    if (next !== NOTHING_READ) event.preventDefault();
    setByKey(true);
    setReading(next);
  };
  const pointAt = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = bucketAt(event.clientX - box.left, buckets.length, frame);
    setByKey(false);
    setReading(
      index === null
        ? NOTHING_READ
        : { bucket: buckets[index] as string, series: props.seriesAt(index, event.clientY - box.top, frame) },
    );
  };
  return (
    <div className="relative" style={{ height }}>
      <div
        ref={ref}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(buckets.length - 1, 0)}
        aria-valuenow={at ?? 0}
        aria-valuetext={
          readout === null
            ? `Left and right read the buckets, up and down their series${onOpen ? ', Enter opens the calls' : ''}`
            : byKey && series !== null
              ? readout.title
              : inWords(readout)
        }
        onKeyDown={onKeyDown}
        onBlur={() => setReading(NOTHING_READ)}
        onPointerDown={(event) => {
          // A finger reads first and opens with a second tap on the same bucket.
          touched.current = event.pointerType === 'touch' ? (reading.bucket ?? '') : null;
          pointAt(event);
        }}
        onPointerMove={pointAt}
        onPointerLeave={(event) => event.pointerType !== 'touch' && setReading(NOTHING_READ)}
        onClick={() => {
          const isRead = touched.current === null || touched.current === reading.bucket;
          if (onOpen && at !== null && isRead) onOpen(at, series);
        }}
        className={cn('absolute inset-0 touch-pan-y rounded-sm', onOpen && at !== null && 'cursor-pointer')}
      >
        {width > 0 && props.draw(frame, byKey ? series : null)}
        {band && (
          <div
            aria-hidden
            className="pointer-events-none absolute bg-ink/8"
            style={{ left: band.left, width: band.width, top: frame.top, height: frame.bottom - frame.top }}
          />
        )}
        {props.emptyText && (
          <div className="absolute inset-0 flex items-center justify-center pb-6 text-ink-3">{props.emptyText}</div>
        )}
        {band && readout && seriesKeys.length > 0 && (
          <div aria-hidden className="pointer-events-none absolute z-20" style={placeOf(band, frame)}>
            <ReadoutBox
              id={id}
              readout={readout}
              looks={looks}
              seriesKey={series}
              room={Math.max(6, Math.floor((height - READOUT_HEAD_PX) / READOUT_ROW_PX))}
            />
          </div>
        )}
      </div>
      {width > 0 && props.over?.(frame)}
      <div role="status" className="sr-only">
        {byKey && readout && series !== null && oneInWords(readout, series)}
      </div>
    </div>
  );
}

/** Beside the bucket, on the side with more room; above the plot where it would cover all of it. Never out of the chart. */
function placeOf(band: { left: number; width: number; center: number }, { width, height, top }: Frame) {
  const boxWidth = Math.min(READOUT_WIDTH_PX, width - 8);
  const isNarrow = width < NARROW_PX;
  const isLeftHalf = band.center < width / 2;
  const beside = isLeftHalf ? band.left + band.width + 8 : band.left - 8 - boxWidth;
  const left = isNarrow ? band.center - boxWidth / 2 : beside;
  return {
    width: boxWidth,
    left: Math.min(Math.max(left, 0), Math.max(width - boxWidth, 0)),
    ...(isNarrow ? { bottom: height - top + 4 } : { top: 8 }),
  };
}

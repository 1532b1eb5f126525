'use client';
import { Tooltip } from '@/components/ui/tooltip';
import type { Anomaly } from './bars-model';
import { type BucketInterval, labelOf } from './bucket';
import { bandOf, type Frame } from './layout';

interface AnomalyMarksProps {
  anomalies: readonly Anomaly[];
  buckets: readonly string[];
  frame: Frame;
  interval: BucketInterval;
  timeZone: string;
}

/** WCAG 2.2, 2.5.8: closer than this nobody could hit one of two. */
const LEAST_APART_PX = 24;

/**
 * A triangle above each bucket that stands out, saying why; beside the slider, since a slider has no buttons in it. Too
 * close to each other they are marks alone: what they say stands in the readout of the bucket as well.
 */
export function AnomalyMarks({ anomalies, buckets, frame, interval, timeZone }: AnomalyMarksProps) {
  const placed = [...new Set(anomalies.map(({ bucket }) => bucket))].flatMap((bucket) => {
    const index = buckets.indexOf(bucket);
    if (index === -1) return [];
    const here = anomalies.filter((anomaly) => anomaly.bucket === bucket);
    return [
      {
        bucket,
        text: here.map(({ text }) => text).join('; '),
        onOpen: here.find(({ onOpen }) => onOpen)?.onOpen,
        center: bandOf(index, buckets.length, frame).center,
      },
    ];
  });
  return placed.map((mark) => {
    const { bucket, text, center, onOpen } = mark;
    const isCrowded = placed.some((other) => other !== mark && Math.abs(other.center - center) < LEAST_APART_PX);
    const said = `Unusual, ${labelOf(bucket, interval, timeZone)}: ${text}`;
    const style = { left: center };
    if (isCrowded) {
      return (
        <span key={bucket} aria-hidden className={`${place} pointer-events-none`} style={style}>
          <Triangle />
        </span>
      );
    }
    return (
      <Tooltip key={bucket} content={said}>
        <button
          type="button"
          aria-label={said}
          onClick={onOpen}
          className={`${place} rounded-md hover:bg-hover`}
          style={style}
        >
          <Triangle />
        </button>
      </Tooltip>
    );
  });
}

const place = 'absolute top-0 z-10 flex size-6 -translate-x-1/2 items-center justify-center text-amber';

function Triangle() {
  return (
    <svg aria-hidden width="12" height="12" viewBox="0 0 12 12">
      <path d="M6 10.5.8 1.5h10.4Z" fill="currentColor" stroke="var(--canvas)" />
    </svg>
  );
}

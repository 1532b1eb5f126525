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

/** A triangle above each bucket that stands out, saying why; beside the slider, since a slider has no buttons in it. */
export function AnomalyMarks({ anomalies, buckets, frame, interval, timeZone }: AnomalyMarksProps) {
  return anomalies.map(({ bucket, text, onOpen }) => {
    const index = buckets.indexOf(bucket);
    if (index === -1) return null;
    const said = `Unusual, ${labelOf(bucket, interval, timeZone)}: ${text}`;
    return (
      <Tooltip key={`${bucket} ${text}`} content={said}>
        <button
          type="button"
          aria-label={said}
          onClick={onOpen}
          className="absolute top-0 z-10 flex size-6 -translate-x-1/2 items-center justify-center rounded-md text-amber hover:bg-hover"
          style={{ left: bandOf(index, buckets.length, frame).center }}
        >
          <svg aria-hidden width="12" height="12" viewBox="0 0 12 12">
            <path d="M6 10.5.8 1.5h10.4Z" fill="currentColor" stroke="var(--canvas)" />
          </svg>
        </button>
      </Tooltip>
    );
  });
}

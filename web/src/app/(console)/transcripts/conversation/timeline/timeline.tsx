'use client';
import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Segments } from '@/components/ui/segments';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import { useReading } from '../reading';
import { isWhole, leastOf, type Span, WHOLE, zoomed } from './span';
import { Strip, ZOOM_STEP } from './strip';
import { failedBeside } from './turns-index';
import type { Zoom } from './use-zoom';

interface TimelineProps {
  /** The turn that the page stands at; null = the first, or the last. */
  current: string | null;
  isAtEnd: boolean;
}

/** The conversation at a glance: when its turns were, how long, and which failed. */
export function Timeline({ current, isAtEnd }: TimelineProps) {
  const { index, jumpTo } = useReading();
  const [isToScale, setToScale] = useState(false);
  const [span, setSpan] = useState<Span>(WHOLE);
  if (!index) return <Skeleton className="mb-4 h-16 w-full" />;
  if (index.count < 2) return null;
  const place = current === null ? null : (index.placeOf(current) ?? null);
  const jump = (to: number | null) => {
    const eventId = to === null ? undefined : index.eventIds[to];
    if (eventId !== undefined) jumpTo(eventId);
  };
  const zoom: Zoom = { span, setSpan, least: leastOf(index.count) };
  const [before, after] = [failedBeside(index, place, -1), failedBeside(index, place, 1)];
  return (
    <section aria-label="Timeline" className="mb-4">
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-ink-2">
        <Key className="h-1 bg-edge">to first token</Key>
        <Key className="h-2.5 bg-ink-3">answer</Key>
        {index.failed.length > 0 && (
          <span className="inline-flex items-center gap-1">
            <span aria-hidden className="text-red">
              ▼
            </span>
            {plural(index.failed.length, 'failed turn')}
            <IconButton
              size="sm"
              label="Previous failed turn"
              icon={<ChevronLeft aria-hidden />}
              disabled={before === null}
              onClick={() => jump(before)}
            />
            <IconButton
              size="sm"
              label="Next failed turn"
              icon={<ChevronRight aria-hidden />}
              disabled={after === null}
              onClick={() => jump(after)}
            />
          </span>
        )}
        {index.leftOut > 0 && <span>{count(index.leftOut)} older turns are not drawn</span>}
        <span className="ml-auto flex items-center gap-2">
          <ZoomButtons zoom={zoom} />
          <Segments
            label="Pauses"
            value={isToScale ? 'scale' : 'short'}
            onChange={(value) => setToScale(value === 'scale')}
            options={[
              { value: 'short', label: 'Pauses shortened' },
              { value: 'scale', label: 'To scale' },
            ]}
          />
        </span>
      </div>
      <Strip {...{ index, isToScale, zoom }} current={place ?? (isAtEnd ? index.count - 1 : 0)} onJump={jump} />
    </section>
  );
}

/** For a mouse without a wheel, and for who does not know of the keys. */
function ZoomButtons({ zoom: { span, least, setSpan } }: { zoom: Zoom }) {
  const by = (factor: number) => setSpan(zoomed(span, factor, (span.from + span.to) / 2, least));
  return (
    <span className="flex items-center">
      <IconButton
        size="sm"
        label="Zoom in, or drag over the timeline"
        keys={['+']}
        icon={<ZoomIn aria-hidden />}
        disabled={span.to - span.from <= least}
        onClick={() => by(ZOOM_STEP)}
      />
      <IconButton
        size="sm"
        label="Zoom out"
        keys={['-']}
        icon={<ZoomOut aria-hidden />}
        disabled={isWhole(span)}
        onClick={() => by(1 / ZOOM_STEP)}
      />
      <IconButton
        size="sm"
        label="Show the whole conversation"
        keys={['0']}
        icon={<Maximize2 aria-hidden />}
        disabled={isWhole(span)}
        onClick={() => setSpan(WHOLE)}
      />
    </span>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`w-2.5 forced-color-adjust-none ${className}`} />
      {children}
    </span>
  );
}

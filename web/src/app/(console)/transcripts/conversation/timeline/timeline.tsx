'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Segments } from '@/components/ui/segments';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import { useReading } from '../reading';
import { Strip } from './strip';
import { failedBeside } from './turns-index';

interface TimelineProps {
  /** The turn that the page stands at; null = the first, or the last. */
  current: string | null;
  isAtEnd: boolean;
}

/** The conversation at a glance: when its turns were, how long, and which failed. */
export function Timeline({ current, isAtEnd }: TimelineProps) {
  const { index, jumpTo } = useReading();
  const [isToScale, setToScale] = useState(false);
  if (!index) return <Skeleton className="mb-4 h-16 w-full" />;
  if (index.count < 2) return null;
  const place = current === null ? null : (index.placeOf(current) ?? null);
  const jump = (to: number | null) => {
    const eventId = to === null ? undefined : index.eventIds[to];
    if (eventId !== undefined) jumpTo(eventId);
  };
  const [before, after] = [failedBeside(index, place, -1), failedBeside(index, place, 1)];
  return (
    <section aria-label="Timeline" className="mb-4">
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-ink-2">
        <Key className="bg-line-2">to first token</Key>
        <Key className="bg-ink-3">answer</Key>
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
        <span className="ml-auto">
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
      <Strip index={index} isToScale={isToScale} current={place ?? (isAtEnd ? index.count - 1 : 0)} onJump={jump} />
    </section>
  );
}

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 ${className}`} />
      {children}
    </span>
  );
}

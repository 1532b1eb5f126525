'use client';
import { Pause, Play, RotateCw } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { wallOf } from '@/zone';
import { useLive } from './live';

interface LiveStatusProps {
  readAt: Date | null;
  zone: string;
  /** false = the range has ended, and nothing new comes into it. */
  isRunning: boolean;
}

/** `14:05:09`, by the clocks of the zone. */
const clock = (at: Date, zone: string) => new Date(wallOf(at.getTime(), zone)).toISOString().slice(11, 19);

/** When the figures were read, and whether they go on renewing themselves. */
export function LiveStatus({ readAt, zone, isRunning }: LiveStatusProps) {
  const { isPaused, setPaused, refresh } = useLive();
  return (
    <span className="flex items-center text-table text-ink-3">
      <span className="figures mr-1 min-w-[112px] whitespace-nowrap" title={`By clocks in ${zone}`}>
        {readAt ? `Updated ${clock(readAt, zone)}` : ''}
      </span>
      {isRunning && (
        <IconButton
          size="sm"
          label={isPaused ? 'Resume live figures' : 'Pause live figures'}
          icon={isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          aria-pressed={isPaused}
          onClick={() => {
            setPaused(!isPaused);
            if (isPaused) refresh();
          }}
        />
      )}
      <IconButton size="sm" label="Refresh" icon={<RotateCw aria-hidden />} onClick={refresh} />
    </span>
  );
}

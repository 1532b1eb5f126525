import { Skeleton } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { count, percent, plural } from '@/format';
import { UnknownFigure } from '../unknown-figure';
import type { Health } from './use-health';

/** How the calls of the last hour went at the upstream, in one line. */
export function LastHour({ health, isUnknown }: Health) {
  if (!health) return isUnknown ? <UnknownFigure /> : <Skeleton className="my-1 w-48" />;
  const { asked, failed, refused } = health;
  const refusals = refused > 0 && <span className="text-ink-3">{plural(refused, 'call')} refused by the gateway</span>;
  if (asked === 0) return refusals || <span className="text-ink-3">no call</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <Status
        state={failed === 0 ? 'completed' : failed === asked ? 'failed' : 'attention'}
        label={
          failed === 0
            ? `${plural(asked, 'call')}, none failed`
            : `${count(failed)} of ${plural(asked, 'call')} failed (${percent(failed, asked)})`
        }
      />
      {refusals}
    </span>
  );
}

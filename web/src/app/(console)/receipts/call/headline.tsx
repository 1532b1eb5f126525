import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/status';
import { usdExact } from '@/format';
import { notBilledReason } from '../../providers/calls/wording';
import { unpricedHref } from '../../usage/unpriced/href';
import { standingText } from '../receipt-text';
import { abortText } from '../wording';
import type { Receipt } from './call-receipt';

/** The figure, what kind of figure it is, and how the call ended where that bears on it. */
export function Headline({ receipt: { call, standing } }: { receipt: Receipt }) {
  const abort = abortText(call);
  const isEstimate = standing?.status === 'estimated';
  return (
    <div>
      <p
        className={cn(
          'figures text-title font-semibold tracking-[-0.01em] break-words',
          standing?.status === 'unpriced' && 'text-amber',
        )}
      >
        {standing === null ? (
          <span className="font-normal text-ink-3">not rated yet</span>
        ) : (
          <span className={cn(isEstimate && 'estimated')}>{usdExact(standing.cost)}</span>
        )}
      </p>
      <div className="mt-1 flex flex-col gap-1 text-table text-ink-2">
        <p>
          {standing === null
            ? 'Its rating is on its way; it takes seconds.'
            : (notBilledOf(call, standing) ?? standingText(standing.status, standing.reason))}
          {standing?.status === 'unpriced' && standing.reason !== 'usage_unknown' && (
            <>
              {' '}
              <Link
                href={unpricedHref({
                  providers: [call.provider],
                  models: [call.servedModel ?? call.requestedModel ?? ''],
                })}
                className="text-accent underline"
              >
                Set a price
              </Link>
            </>
          )}
        </p>
        {(call.outcome !== 'completed' || abort) && (
          <p className="flex flex-wrap items-baseline gap-x-2">
            <Status state={call.outcome} />
            {abort && <span>{abort}</span>}
          </p>
        )}
      </div>
    </div>
  );
}

function notBilledOf(call: Receipt['call'], { status, reason }: NonNullable<Receipt['standing']>): string | null {
  if (status !== 'free' || reason !== null) return null;
  const why = notBilledReason(call);
  return why && `Costs nothing. ${why}.`;
}

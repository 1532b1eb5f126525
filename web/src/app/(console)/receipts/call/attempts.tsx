'use client';
import { Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Status } from '@/components/ui/status';
import { exactTime, plural } from '@/format';
import { useData } from '@/graphql/use-data';
import { ATTEMPTS } from '../queries';
import type { Receipt } from './call-receipt';

const DAY_MS = 86_400_000;

/** Attempts at one call are not far from each other. */
function daysAround(at: string) {
  const ms = Date.parse(at);
  return { from: new Date(ms - DAY_MS).toISOString(), to: new Date(ms + DAY_MS).toISOString() };
}

/** The other attempts at the same call, each with a receipt of its own; nothing where there was only one. */
export function Attempts({ call }: { call: Receipt['call'] }) {
  const { data } = useData(ATTEMPTS, { filter: { callIds: [call.callId], ...daysAround(call.startedAt) } });
  const attempts = data?.calls.nodes.toSorted((a, b) => a.attempt - b.attempt) ?? [];
  if (attempts.length < 2) return null;
  return (
    <section>
      <h3 className="mb-2 text-base font-semibold">{plural(attempts.length, 'attempt')} at this call</h3>
      <ol className="border-t border-line-2 text-table">
        {attempts.map((attempt) => {
          const isThis = attempt.eventId === call.eventId;
          const title = `Attempt ${attempt.attempt}`;
          return (
            <li
              key={attempt.eventId}
              className="grid grid-cols-[minmax(0,1fr)_max-content] items-baseline gap-x-3 border-b border-line py-1.5 sm:grid-cols-[96px_minmax(0,1fr)_max-content_88px]"
            >
              {isThis ? (
                <span aria-current="true" className="font-medium">
                  {title}
                </span>
              ) : (
                <Link href={`/receipts/${attempt.eventId}`} className="rounded-sm text-accent hover:underline">
                  {title}
                </Link>
              )}
              <span className="figures truncate text-ink-3 max-sm:order-3">{exactTime(attempt.startedAt)}</span>
              <span className="max-sm:order-4">
                <Status state={attempt.outcome} />
              </span>
              <span className="text-right">
                {attempt.rating ? <Usd amount={attempt.rating.cost} /> : <span className="text-ink-3">–</span>}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="mt-2 text-table text-ink-3">The app said they are one call. Each attempt is billed by itself.</p>
    </section>
  );
}

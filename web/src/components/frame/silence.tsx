'use client';
import { TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { exactTime } from '@/format';
import { useSilentSince } from '@/graphql/answering';

/**
 * Says since when nothing on the page is renewed, as the control plane does not answer. It stands at the end of the page and
 * stays in sight, so that nothing that is read moves away.
 */
export function Silence() {
  const silentSinceMs = useSilentSince();
  const wasSilent = useRef(false);
  if (silentSinceMs !== null) wasSilent.current = true;
  const since = silentSinceMs === null ? null : new Date(silentSinceMs).toISOString();
  return (
    <div role="status" aria-label="Connection" className="sticky bottom-0 z-10 print:hidden">
      {since ? (
        <div
          data-foot
          className="flex items-start gap-2.5 border-t border-line-2 bg-amber-soft px-4 py-2.5 text-table sm:px-6 lg:px-8"
        >
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-amber" />
          <p className="min-w-0">
            <span className="font-medium">
              No answer from the control plane since <span className="figures">{exactTime(since)}</span>
              <span aria-hidden>
                {' '}
                (<RelativeTime at={since} />)
              </span>
              .
            </span>{' '}
            <span className="text-ink-2">
              What is on this page is as it was then. It is renewed as soon as there is one.
            </span>
          </p>
        </div>
      ) : (
        wasSilent.current && <span className="sr-only">The control plane answers again. This page is renewed.</span>
      )}
    </div>
  );
}

'use client';
import { ErrorState } from '@/components/ui/error-state';
import type { Problem } from '@/graphql/problem';
import { Wordmark } from './mark';

/** The whole screen when not even the viewer could be loaded. */
export function Unreachable({ problem }: { problem: Problem }) {
  return (
    <main className="mx-auto max-w-[640px] px-5 pt-[14vh]">
      <Wordmark />
      <ErrorState
        title="The console cannot show anything yet"
        problem={problem}
        onRetry={() => window.location.reload()}
      />
    </main>
  );
}

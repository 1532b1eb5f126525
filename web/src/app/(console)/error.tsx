'use client';
import { Page } from '@/components/page/page';
import { ErrorState } from '@/components/ui/error-state';

/** A fault of the console itself; what it says to the person must not depend on what broke. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <Page>
      <ErrorState
        title="This page failed to draw"
        problem={{
          code: 'CONSOLE_FAULT',
          message: 'Nothing was changed by it. Try again, or go to another page.',
          requestId: error.digest ?? null,
          fields: {},
        }}
        onRetry={reset}
      />
    </Page>
  );
}

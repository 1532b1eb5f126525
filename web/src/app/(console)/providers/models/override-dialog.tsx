'use client';
import { lazy, Suspense } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { OverrideSkeleton } from './override-skeleton';

const LoadedOverride = lazy(() => import('./loaded-override').then((room) => ({ default: room.LoadedOverride })));

export interface OverrideDialogProps {
  provider: string;
  /** null = closed. */
  model: string | null;
  /** Instant that the prices should count from, as a suggestion; left out = now. */
  validFrom?: string | undefined;
  onClose: () => void;
  /**
   * Prices were saved, with the time they count from where that is in the past; called before `onClose`. Whoever gives it
   * says what comes next.
   */
  onSaved?: ((validFrom: Date | null) => void) | undefined;
}

/** What one model of one provider costs here, bucket by bucket, from a time on. Fetched when it is first opened. */
export function OverrideDialog({ model, ...props }: OverrideDialogProps) {
  return (
    <Dialog
      open={model !== null}
      onOpenChange={(open) => !open && props.onClose()}
      title="Override prices"
      description={
        <>
          <span className="font-mono text-table break-all">{model}</span> on {props.provider}. Blank is the catalog’s
          rate, 0 is free.
        </>
      }
      width="lg"
    >
      {model !== null && (
        <Suspense fallback={<OverrideSkeleton />}>
          <LoadedOverride {...props} model={model} />
        </Suspense>
      )}
    </Dialog>
  );
}

'use client';
import { useCan } from '@/components/frame/viewer';
import { Button, ButtonLink } from '@/components/ui/button';
import { minuteTime } from '@/format';
import { newRestatementHref } from '../../ledger/href';

interface OverrideSavedProps {
  provider: string;
  model: string;
  validFrom: Date;
  onClose: () => void;
}

/** A price that began in the past changes nothing that is booked; the way to that is a restatement. */
export function OverrideSaved({ provider, model, validFrom, onClose }: OverrideSavedProps) {
  const canRestate = useCan('ledger.write');
  const href = newRestatementHref({
    from: validFrom,
    providers: [provider],
    models: [model],
    reason: `New prices of ${model} on ${provider}, valid from ${minuteTime(validFrom)}`,
  });
  return (
    <div role="status" className="flex flex-col gap-4">
      <p>
        <b className="font-medium">The prices are saved,</b> valid from {minuteTime(validFrom)}.
      </p>
      <p className="text-ink-2">
        Calls that are booked already keep their figures.{' '}
        {canRestate
          ? 'A restatement rates them again; you see the difference before anything is booked.'
          : 'Somebody with the right to restate can rate them again.'}
      </p>
      <div className="flex flex-wrap gap-2">
        {canRestate && (
          <ButtonLink variant="primary" href={href}>
            Preview a restatement
          </ButtonLink>
        )}
        <Button variant={canRestate ? 'ghost' : 'secondary'} onClick={onClose}>
          {canRestate ? 'Not now' : 'Done'}
        </Button>
      </div>
    </div>
  );
}

import { cn } from '@/components/ui/cn';
import { Usd } from '@/components/ui/figure';

interface WorkedExampleProps {
  catalogUsd: string | null;
  effectiveUsd: string | null;
  /** A newer answer is on its way. */
  stale?: boolean;
}

/** What the rates mean in money, for a quantity everybody can check in their head. */
export function WorkedExample({ catalogUsd, effectiveUsd, stale = false }: WorkedExampleProps) {
  const isSame = catalogUsd === effectiveUsd;
  return (
    <p aria-live="polite" className={cn('text-table text-ink-2 transition-opacity', stale && 'opacity-60')}>
      1M input + 1M output tokens cost <Usd amount={effectiveUsd} className="font-medium text-ink" />
      {!isSame && (
        <>
          {' '}
          instead of <Usd amount={catalogUsd} />
        </>
      )}
      {isSame && effectiveUsd !== null && ', as in the catalog'}.
    </p>
  );
}

import { Count } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import { plural, usd, usdExact } from '@/format';
import { exposureOf } from './unpriced';

interface Row {
  readonly calls: number;
  readonly exposure: string | null;
}

/** How much is without a price, and what it might come to. */
export function ExposureSums({ rows, rangeText }: { rows: readonly Row[] | undefined; rangeText: string }) {
  const exposure = rows && exposureOf(rows);
  return (
    <section aria-label="Sums" className="mb-6">
      <dl className="flex flex-wrap gap-x-12 gap-y-3">
        <Sum label="Calls without a cost">
          {rows && <Count value={rows.reduce((sum, { calls }) => sum + calls, 0)} />}
        </Sum>
        <Sum label="Exposure at the nearest known rates">
          {exposure &&
            rows &&
            (exposure.unknownModels === rows.length ? (
              <span className="text-ink-3">{rows.length === 0 ? 'none' : 'unknown'}</span>
            ) : (
              <span className="figures estimated" title={`${usdExact(exposure.amount)}, an estimate that is in no sum`}>
                {usd(exposure.amount)}
              </span>
            ))}
        </Sum>
      </dl>
      <p className="mt-2 text-caption text-ink-3">
        {rangeText}. The exposure is an estimate to decide by: none of it is booked.
        {exposure && exposure.unknownModels > 0 && rows && exposure.unknownModels < rows.length && (
          <> {plural(exposure.unknownModels, 'line')} of it cannot be told.</>
        )}
      </p>
    </section>
  );
}

function Sum({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="mt-0.5 flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
        {children || <Skeleton className="h-5 w-24" />}
      </dd>
    </div>
  );
}

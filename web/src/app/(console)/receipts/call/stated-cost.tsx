import { toScaled } from '@/decimal';
import { usdExact } from '@/format';
import type { Receipt } from './call-receipt';

/** What the upstream itself says the call cost, beside ours. */
export function StatedCost({ receipt }: { receipt: Receipt }) {
  const { providerStatedCostUsd: stated, statedDifference: difference, standing } = receipt;
  if (stated === null) return null;
  return (
    <section>
      <h3 className="mb-2 text-base font-semibold">What the upstream says it charged</h3>
      <dl className="figures grid grid-cols-[minmax(0,max-content)_max-content] gap-x-8 gap-y-1 text-table">
        <dt className="text-ink-2">Stated by the upstream</dt>
        <dd className="text-right">{usdExact(stated)}</dd>
        <dt className="text-ink-2">Ours</dt>
        <dd className="text-right">{standing ? usdExact(standing.cost) : 'not rated yet'}</dd>
        <dt className="border-t border-line-2 pt-1 text-ink-2">Difference</dt>
        <dd className="border-t border-line-2 pt-1 text-right font-medium">{differenceText(difference)}</dd>
      </dl>
    </section>
  );
}

/** With its sign, so that nobody has to work out which of the two is more. */
export function differenceText(difference: string | null): string {
  if (difference === null) return 'unknown';
  const scaled = toScaled(difference);
  if (scaled === 0n) return 'none';
  return `${scaled > 0n ? '+' : ''}${usdExact(difference)}`;
}

import type { ReactNode } from 'react';
import { Count, Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Skeleton } from '@/components/ui/skeleton';
import { plural, UNKNOWN } from '@/format';
import { FigureButton } from '../../receipts/figure-button';
import { PART_LABELS, type Part } from '../../receipts/total/parts';
import { estimateOf } from '../estimate';
import { Spend } from '../spend';
import type { Totals } from '../use-usage';

interface Total {
  readonly label: string;
  readonly value: ReactNode;
  /** Left out while there is none of it. */
  readonly isAbsent?: boolean;
}

/** Sums of everything in range and filter, hidden groups included. */
function TotalRow({ totals }: { totals: readonly Total[] }) {
  return (
    <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-2 border-t border-line pt-3">
      {totals
        .filter(({ isAbsent }) => !isAbsent)
        .map(({ label, value }, index) => (
          <div key={label}>
            <dt className="text-caption text-ink-3">{label}</dt>
            <dd className={index === 0 ? 'font-semibold' : 'text-ink-2'}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

const isZero = (amount: string) => /^-?0(\.0*)?$/.test(amount);

interface SpendTotalsProps {
  totals: Totals;
  /** Opens the receipt of the whole (null) or of one part. */
  onReceipt: (part: Part | null) => void;
  unpricedHref: string;
}

export function SpendTotals({ totals, onReceipt, unpricedHref }: SpendTotalsProps) {
  const part = (name: Part, amount: string): Total => ({
    label: PART_LABELS[name],
    value: (
      <FigureButton label={`Spend, ${PART_LABELS[name].toLowerCase()}`} onOpen={() => onReceipt(name)}>
        <Usd amount={amount} />
      </FigureButton>
    ),
    isAbsent: isZero(amount),
  });
  return (
    <TotalRow
      totals={[
        {
          label: 'Total',
          value: (
            <Spend
              spend={totals.spend}
              unpricedCalls={totals.unpricedCalls}
              estimatedBecause={estimateOf(totals)}
              receipt={{ label: 'Spend, total', onOpen: () => onReceipt(null) }}
              unpricedHref={unpricedHref}
            />
          ),
        },
        part('input', totals.spendInput),
        part('cachedInput', totals.spendCachedInput),
        part('cacheWrite', totals.spendCacheWrite),
        part('output', totals.spendOutput),
        part('reasoning', totals.spendReasoning),
        part('toolUse', totals.spendToolUse),
        part('other', totals.spendOther),
        {
          label: 'Unpriced',
          value: <UnpricedCalls calls={totals.unpricedCalls} href={unpricedHref} />,
          isAbsent: totals.unpricedCalls === 0,
        },
      ]}
    />
  );
}

/** What these may come to is on a page of its own: in a sum of money they are nothing yet. */
function UnpricedCalls({ calls, href }: { calls: number; href: string }) {
  return (
    <Link href={href} className="figures rounded-sm text-amber hover:underline">
      {plural(calls, 'call')}
    </Link>
  );
}

const counted = (label: string, value: number, alwaysShown = false): Total => ({
  label,
  value: <Count value={value} />,
  isAbsent: value === 0 && !alwaysShown,
});

interface RequestTotalsProps {
  totals: Totals;
  /** false = calls were chosen by what they cost, which does not tell how they ended. */
  isEndTold: boolean;
}

const NOT_TOLD: Total = {
  label: 'Failed',
  value: (
    <span className="text-ink-3" title="Unknown: calls chosen by cost type are not told apart by how they ended">
      <span className="sr-only">unknown</span>
      <span aria-hidden>{UNKNOWN}</span>
    </span>
  ),
};

export function RequestTotals({ totals, isEndTold }: RequestTotalsProps) {
  return (
    <TotalRow
      totals={[
        counted('Total', totals.calls, true),
        // Several attempts at one call are each billed, so where there are such both numbers stand side by side.
        counted('Attempts', totals.attempts === totals.calls ? 0 : totals.attempts),
        isEndTold ? counted('Failed', totals.failedCalls, true) : NOT_TOLD,
        counted('Refused', totals.refusedCalls),
        counted('Repeated by the SDK', totals.retriedCalls),
        counted('Opaque', totals.opaqueCalls),
        counted('Usage estimated', totals.estimatedCalls),
        counted('Usage unknown', totals.callsWithoutUsage),
      ]}
    />
  );
}

export function TokenTotals({ totals }: { totals: Totals }) {
  return (
    <TotalRow
      totals={[
        { label: 'Total', value: <Count value={totals.totalTokens} estimatedBecause={estimateOf(totals)} /> },
        counted('Input', totals.inputTokens),
        counted('Cached input', totals.cachedInputTokens),
        counted('Cache writes', totals.cacheWriteTokens),
        counted('Tool use', totals.toolUseInputTokens),
        counted('Output', totals.outputTokens),
        counted('of it reasoning', totals.reasoningTokens),
      ]}
    />
  );
}

export function TotalsSkeleton() {
  return (
    <div className="mt-3 flex gap-8 border-t border-line pt-4 pb-1" aria-hidden>
      {['w-24', 'w-16', 'w-16', 'w-16'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the places never move
        <Skeleton key={index} className={`h-7 ${width}`} />
      ))}
    </div>
  );
}

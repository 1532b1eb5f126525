'use client';
import { RotateCw } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { count, usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { callsHref } from '../../usage/calls/href';
import { CheckNote } from '../check-note';
import type { TOTAL_RECEIPT } from '../queries';
import { ReceiptTable } from '../receipt-table';
import { reasonText } from '../wording';
import { CallCounts } from './call-counts';
import type { TotalAsked } from './total-details';
import { groupsOf, shownOf, type TotalLine } from './total-lines';
import { TotalTools } from './total-tools';

type Data = ResultOf<typeof TOTAL_RECEIPT>;

interface TotalReceiptProps {
  asked: TotalAsked;
  data: Data;
  stale: boolean;
  onRefresh: () => void;
}

/** What a sum is made of, to the last digit, and whether it agrees with the figure the charts are drawn from. */
export function TotalReceipt({ asked, data: { totalReceipt, usageTotals }, stale, onRefresh }: TotalReceiptProps) {
  const shown = shownOf(totalReceipt, asked.part, {
    input: usageTotals.spendInput,
    cachedInput: usageTotals.spendCachedInput,
    cacheWrite: usageTotals.spendCacheWrite,
    output: usageTotals.spendOutput,
    reasoning: usageTotals.spendReasoning,
    toolUse: usageTotals.spendToolUse,
    other: usageTotals.spendOther,
  });
  return (
    <div className={stale ? 'opacity-60 transition-opacity delay-150 duration-100' : undefined}>
      <p className="figures text-title font-semibold tracking-[-0.01em] break-words">{usdExact(shown.total)}</p>
      <div className="mt-2">
        <CheckNote holds={shown.agrees}>
          {shown.agrees ? (
            'Agrees: worked out anew here, the lines add up to the figure the charts are drawn from, to the last digit.'
          ) : (
            <>
              Does not agree: the lines below do not add up to the figure the charts are drawn from. Calls that are
              coming in right now can be in one and not yet in the other.{' '}
              <Button size="sm" icon={<RotateCw aria-hidden />} className="print:hidden" onClick={onRefresh}>
                Read both again
              </Button>
            </>
          )}
        </CheckNote>
      </div>
      <CallCounts receipt={totalReceipt} />
      <div className="mt-4 flex flex-wrap gap-2 print:hidden">
        <TotalTools asked={asked} shown={shown} receipt={totalReceipt} />
        <Link
          href={callsHref(asked.range, asked.filter)}
          className="inline-flex h-7 items-center rounded-sm px-1 text-table text-accent hover:underline"
        >
          See the calls behind it
        </Link>
      </div>
      <div className="mt-4">
        {shown.lines.length > 0 ? (
          <ReceiptTable
            label="Lines of the receipt"
            groups={groupsOf(shown.lines)}
            total={shown.total}
            rest={shown.rest}
            more={moreOf}
          />
        ) : (
          <p className="py-4 text-ink-2">
            {shown.rest ? 'Its lines are beyond those that are listed.' : 'Nothing in this range has cost anything.'}
          </p>
        )}
      </div>
      {shown.unpriced.length > 0 && (
        <Section
          title="In no sum"
          description="Calls whose cost is not known. They are not counted as zero."
          className="mt-8"
        >
          <UnpricedLines lines={shown.unpriced} />
        </Section>
      )}
    </div>
  );
}

const moreOf = ({ calls }: TotalLine) => [{ label: 'In', value: `${count(calls)} ${calls === 1 ? 'call' : 'calls'}` }];

function UnpricedLines({ lines }: { lines: readonly TotalLine[] }) {
  return (
    <ReceiptTable
      label="Lines without a cost"
      groups={groupsOf(lines)}
      total={null}
      totalLabel="Cost"
      more={(line) => [...moreOf(line), { label: 'Why', value: reasonText(line.unpricedReason) ?? 'not known' }]}
    />
  );
}

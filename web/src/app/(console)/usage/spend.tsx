import { Usd } from '@/components/ui/figure';
import { count, plural } from '@/format';

interface SpendProps {
  /** Exact sum of what is priced. */
  spend: string;
  /** Calls whose cost is unknown: they are not in the sum, and are never counted as zero. */
  unpricedCalls: number;
}

/** A sum of money that says when it is not the whole. */
export function Spend({ spend, unpricedCalls }: SpendProps) {
  if (unpricedCalls === 0) return <Usd amount={spend} />;
  const isWhole = /^0(\.0*)?$/.test(spend);
  const because = `${plural(unpricedCalls, 'call')} without a known price`;
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      {!isWhole && <Usd amount={spend} />}
      <span className="figures text-caption font-normal text-amber" title={because}>
        {isWhole ? `${plural(unpricedCalls, 'call')} unpriced` : `+ ${count(unpricedCalls)} unpriced`}
      </span>
    </span>
  );
}

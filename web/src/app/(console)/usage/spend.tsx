import { Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { count, plural } from '@/format';
import { FigureButton } from '../receipts/figure-button';

interface SpendProps {
  /** Exact sum of what is priced. */
  spend: string;
  /** Calls whose cost is unknown: they are not in the sum, and are never counted as zero. */
  unpricedCalls: number;
  estimatedBecause?: string | null;
  /** Where the sum can be opened to its receipt: what it is called, and how. */
  receipt?: { readonly label: string; readonly onOpen: () => void };
  /** Where those without a price are listed. */
  unpricedHref?: string;
}

/** A sum of money that says when it is not the whole. */
export function Spend({ spend, unpricedCalls, estimatedBecause, receipt, unpricedHref }: SpendProps) {
  const figure = <Usd amount={spend} estimatedBecause={estimatedBecause} />;
  const sum = receipt ? <FigureButton {...receipt}>{figure}</FigureButton> : figure;
  if (unpricedCalls === 0) return sum;
  const isWhole = /^0(\.0*)?$/.test(spend);
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      {!isWhole && sum}
      <UnpricedCount calls={unpricedCalls} isAll={isWhole} href={unpricedHref} />
    </span>
  );
}

/** `+ 12 unpriced`, leading to what they are. */
function UnpricedCount({ calls, isAll, href }: { calls: number; isAll: boolean; href: string | undefined }) {
  const because = `${plural(calls, 'call')} without a known price`;
  const text = isAll ? `${plural(calls, 'call')} unpriced` : `+ ${count(calls)} unpriced`;
  const style = 'figures text-caption font-normal text-amber';
  if (!href) {
    return (
      <span className={style} title={because}>
        {text}
      </span>
    );
  }
  return (
    <Link href={href} className={`${style} relative z-1 rounded-sm hover:underline`} title={because}>
      {text}
    </Link>
  );
}

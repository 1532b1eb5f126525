import { SignedUsd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import type { Mover } from './queries';
import { fromToText, hasMoved } from './wording';

interface MoverListProps {
  title: string;
  /** Biggest difference first. */
  movers: readonly Mover[];
  hrefOf: (key: string) => string;
}

const SHOWN = 4;

export function MoverList({ title, movers, hrefOf }: MoverListProps) {
  const shown = movers.filter(hasMoved).slice(0, SHOWN);
  return (
    <div className="min-w-0">
      <h3 className="border-b border-line-2 pb-1.5 text-caption font-medium text-ink-3">{title}</h3>
      {shown.length === 0 && <p className="py-2 text-table text-ink-3">None moved.</p>}
      <ul>
        {shown.map((mover) => (
          <li key={mover.key} className="relative flex items-baseline gap-3 border-b border-line py-1.5 hover:bg-hover">
            <span className="min-w-0 flex-1">
              <Link
                href={hrefOf(mover.key)}
                title={mover.label}
                className="block truncate rounded-sm after:absolute after:inset-0 hover:underline"
              >
                {mover.label}
              </Link>
              <span className="figures block truncate text-caption text-ink-3">{fromToText(mover)}</span>
            </span>
            <SignedUsd amount={mover.difference} className="shrink-0 text-table font-medium" />
          </li>
        ))}
      </ul>
    </div>
  );
}

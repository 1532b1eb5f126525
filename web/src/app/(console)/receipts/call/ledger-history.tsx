import { ChevronRight } from 'lucide-react';
import { Usd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { exactTime, usdExact } from '@/format';
import { ReceiptTable } from '../receipt-table';
import { standingText } from '../receipt-text';
import type { Entry } from './call-receipt';

function titleOf({ kind, restatement }: Entry): string {
  if (kind === 'REVERSAL') return 'Reversed';
  return restatement ? 'Restated' : 'Rated';
}

/** Every entry of the call in the ledger, oldest first. Nothing is ever changed or taken out: what is wrong is reversed. */
export function LedgerHistory({ entries }: { entries: readonly Entry[] }) {
  return (
    <ol className="border-t border-line-2 text-table">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the ledger only grows at its end
        <li key={index} className="border-b border-line py-2">
          <details className="group">
            <summary className="flex items-baseline gap-2 rounded-sm hover:text-accent">
              <ChevronRight aria-hidden className="size-3.5 shrink-0 translate-y-0.5 text-ink-3 group-open:rotate-90" />
              <span className="min-w-0 flex-1">
                <span className="font-medium">{titleOf(entry)}</span>{' '}
                <time dateTime={entry.ratedAt} className="figures text-ink-3">
                  {exactTime(entry.ratedAt)}
                </time>
              </span>
              <span className="figures whitespace-nowrap">
                <Usd amount={entry.cost} />
              </span>
            </summary>
            <div className="mt-2 mb-1 flex flex-col gap-2 pl-5.5 text-ink-2">
              <p>{standingText(entry.status, entry.reason)}</p>
              {entry.lines.length > 0 && (
                <ReceiptTable
                  label={`Lines of entry ${index + 1}`}
                  groups={[{ key: 'entry', title: null, lines: entry.lines }]}
                  total={entry.cost}
                />
              )}
              <p className="text-caption text-ink-3">
                {entry.priceVersion && (
                  <>
                    Price version <span className="font-mono">{entry.priceVersion}</span>.{' '}
                  </>
                )}
                {entry.knownAt && <>Prices as they were known on {exactTime(entry.knownAt)}. </>}
                Run <span className="font-mono break-all">{entry.runId}</span>.
              </p>
            </div>
          </details>
          <Because entry={entry} />
        </li>
      ))}
    </ol>
  );
}

/** Who had it restated and why stands there without being opened. */
function Because({ entry: { kind, restatement, cost } }: { entry: Entry }) {
  if (!restatement) return null;
  return (
    <p className="pl-5.5 text-ink-2">
      <Link href={`/restatements/${restatement.id}`} className="rounded-sm text-accent underline">
        Restatement {restatement.number}
      </Link>
      {restatement.by && <> by {restatement.by}</>}
      {restatement.at && <>, {exactTime(restatement.at)}</>}: {restatement.reason}
      {kind === 'REVERSAL' && cost !== null && <span className="sr-only"> ({usdExact(cost)})</span>}
    </p>
  );
}

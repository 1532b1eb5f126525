'use client';
import { CodeBlock } from '@/components/ui/code-block';
import type { ResultOf } from '@/graphql/graphql';
import { checkOf } from '../arithmetic';
import { CheckNote } from '../check-note';
import type { RECEIPT } from '../queries';
import { ReceiptTable } from '../receipt-table';
import { Attempts } from './attempts';
import { estimatedBucketReason } from './estimates';
import { Headline } from './headline';
import { LedgerHistory } from './ledger-history';
import { Meters } from './meters';
import { indented } from './raw-usage';
import { StatedCost } from './stated-cost';

export type Receipt = NonNullable<ResultOf<typeof RECEIPT>['receipt']>;
export type Entry = Receipt['entries'][number];

interface CallReceiptProps {
  receipt: Receipt;
  /** Stands under the figure. */
  tools?: React.ReactNode;
}

/** How the cost of one call came to be: the figure, its lines, the meters behind them, and what the upstream sent. */
export function CallReceipt({ receipt, tools }: CallReceiptProps) {
  const { call, standing, meters, rawUsage } = receipt;
  const lines = standing?.lines ?? [];
  const cost = standing?.cost ?? null;
  const check = cost === null || lines.length === 0 ? null : checkOf(lines, cost);
  return (
    <div className="flex flex-col gap-6">
      <Headline receipt={receipt} />
      {tools}
      {lines.length > 0 && (
        <Part title="Lines">
          <ReceiptTable
            label="Lines of the receipt"
            groups={[{ key: 'call', title: null, lines }]}
            total={cost}
            estimatedBecause={(line) => estimatedBucketReason(line.bucket, call)}
          />
          {check && (
            <div className="mt-2">
              <CheckNote holds={check.addsUp}>
                {check.addsUp
                  ? 'Worked out anew here: each line is its quantity × rate, and they add up to the total, to the last digit.'
                  : 'Worked out anew here, the lines do not add up to the total. Please report this call.'}
              </CheckNote>
            </div>
          )}
        </Part>
      )}
      <StatedCost receipt={receipt} />
      <Part title="Meters">
        <Meters meters={meters} call={call} />
      </Part>
      {rawUsage !== null && (
        <CodeBlock
          label="Usage as the upstream sent it"
          maxHeight={280}
          snippets={[{ label: 'Usage as the upstream sent it', code: indented(rawUsage) }]}
        />
      )}
      <Attempts call={call} />
      {receipt.entries.length > 0 && (
        <Part title="Ledger">
          <LedgerHistory entries={receipt.entries} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 text-base font-semibold">{title}</h3>
      {children}
    </section>
  );
}

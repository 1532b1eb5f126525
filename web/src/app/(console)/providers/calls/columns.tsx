import type { Column } from '@/components/data-table/column';
import { Count, Duration, Usd } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import type { ResultOf } from '@/graphql/graphql';
import type { CALLS } from './queries';
import { estimateReason, notBilledReason } from './wording';

export type CallRow = ResultOf<typeof CALLS>['calls']['nodes'][number];

export const callColumns: Column<CallRow>[] = [
  {
    id: 'time',
    header: 'Time',
    width: '88px',
    hideable: false,
    cell: (row) => <RelativeTime at={row.startedAt} className="text-ink-2" />,
  },
  { id: 'model', header: 'Model', hideable: false, cell: (row) => <ModelCell row={row} /> },
  {
    id: 'app',
    header: 'App',
    width: '14%',
    minWidthPx: 88,
    cell: (row) => <span className="block truncate">{row.app}</span>,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '148px',
    cell: (row) => (
      <span className="flex items-center gap-1.5" title={row.errorCode ?? undefined}>
        <Status state={row.outcome} />
        {row.status !== null && row.outcome !== 'completed' && (
          <span className="figures text-caption text-ink-3">{row.status}</span>
        )}
      </span>
    ),
  },
  {
    id: 'input',
    header: 'Input',
    unit: 'tokens',
    numeric: true,
    width: '96px',
    cell: (row) => <Count value={row.inputTokens} estimatedBecause={estimateReason(row.usageSource)} />,
  },
  {
    id: 'cached',
    header: 'Cached',
    unit: 'tokens',
    numeric: true,
    width: '104px',
    cell: (row) => <Count value={row.cachedInputTokens} />,
  },
  {
    id: 'output',
    header: 'Output',
    unit: 'tokens',
    numeric: true,
    width: '104px',
    cell: (row) => <Count value={row.outputTokens} estimatedBecause={estimateReason(row.usageSource)} />,
  },
  {
    id: 'cost',
    header: 'Cost',
    numeric: true,
    width: '88px',
    cell: (row) => <CostCell row={row} />,
  },
  {
    id: 'latency',
    header: 'Latency',
    numeric: true,
    width: '80px',
    cell: (row) => <Duration ms={row.durationMs} />,
  },
  {
    id: 'firstToken',
    header: 'First token',
    numeric: true,
    width: '92px',
    cell: (row) => <Duration ms={row.firstTokenMs} />,
  },
];

function ModelCell({ row }: { row: CallRow }) {
  const model = row.servedModel ?? row.requestedModel;
  if (model === null) return <span className="block truncate font-mono text-caption text-ink-3">{row.endpoint}</span>;
  return (
    <span className="block truncate font-mono text-caption" title={model}>
      {model}
    </span>
  );
}

function CostCell({ row }: { row: CallRow }) {
  if (row.rating === null) {
    return (
      <span className="text-ink-3" title="Its rating is on its way">
        –
      </span>
    );
  }
  if (row.rating.status === 'free') {
    const notBilled = notBilledReason(row);
    return notBilled ? (
      <span className="text-ink-3" title={notBilled}>
        not billed
      </span>
    ) : (
      <span title="Every rate of it is 0">free</span>
    );
  }
  const isEstimate = row.rating.status === 'estimated';
  return <Usd amount={row.rating.cost} estimatedBecause={isEstimate ? estimateReason(row.usageSource) : null} />;
}

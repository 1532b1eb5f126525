import type { Column } from '@/components/data-table/column';
import { Count, Duration } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ResultOf } from '@/graphql/graphql';
import { ConversationStatus } from '../conversation-status';
import { TranscriptCost, TranscriptTokens } from '../cost';
import type { CONVERSATIONS } from '../queries';
import { visible } from '../visible';

export type ConversationRow = ResultOf<typeof CONVERSATIONS>['conversations']['nodes'][number];

export const nameOf = ({ title, statedId, id }: Pick<ConversationRow, 'title' | 'statedId' | 'id'>) =>
  visible(title ?? statedId ?? id);

const listed = (names: readonly string[]) => (
  <span className="block truncate" title={visible(names.join(', '))}>
    {names.length === 0 ? <span className="text-ink-3">–</span> : visible(names.join(', '))}
  </span>
);

export const conversationColumns: Column<ConversationRow>[] = [
  {
    id: 'conversation',
    header: 'Conversation',
    hideable: false,
    minWidthPx: 200,
    cell: (row) => (
      <span
        className={row.title === null ? 'block truncate font-mono text-caption' : 'block truncate'}
        title={nameOf(row)}
      >
        {nameOf(row)}
      </span>
    ),
  },
  {
    id: 'last',
    header: 'Last turn',
    width: '96px',
    cell: (row) => <RelativeTime at={row.lastTurnAt} className="text-ink-2" />,
  },
  {
    id: 'status',
    header: 'Status',
    width: '108px',
    cell: (row) => <ConversationStatus status={row.status} errorCode={row.errorCode} />,
  },
  { id: 'app', header: 'App', width: '10%', minWidthPx: 72, cell: (row) => listed([row.app]) },
  {
    id: 'user',
    header: 'User',
    width: '9%',
    minWidthPx: 80,
    hiddenByDefault: true,
    cell: (row) => listed(row.user === null ? [] : [row.user]),
  },
  {
    id: 'agent',
    header: 'Agent',
    width: '9%',
    minWidthPx: 80,
    hiddenByDefault: true,
    cell: (row) => listed(row.agents),
  },
  { id: 'provider', header: 'Provider', width: '10%', minWidthPx: 72, cell: (row) => listed(row.providers) },
  {
    id: 'model',
    header: 'Model',
    width: '13%',
    minWidthPx: 96,
    cell: (row) => <span className="font-mono text-caption">{listed(row.models)}</span>,
  },
  { id: 'turns', header: 'Turns', numeric: true, width: '60px', cell: (row) => <Count value={row.turns} /> },
  {
    id: 'tokens',
    header: 'Tokens',
    numeric: true,
    width: '88px',
    cell: (row) => <TranscriptTokens usage={row.usage} />,
  },
  {
    id: 'cost',
    header: 'Cost',
    unit: 'USD',
    numeric: true,
    width: '96px',
    cell: (row) => <TranscriptCost usage={row.usage} />,
  },
  {
    id: 'duration',
    header: 'Duration',
    numeric: true,
    width: '88px',
    cell: (row) => <Duration ms={row.durationMs} />,
  },
];

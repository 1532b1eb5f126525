import type { Column } from '@/components/data-table/column';
import { Count, Duration } from '@/components/ui/figure';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ResultOf } from '@/graphql/graphql';
import { Clipped } from '../../ledger/clipped';
import { ConversationStatus } from '../conversation-status';
import { TranscriptCost, TranscriptTokens } from '../cost';
import type { CONVERSATIONS } from '../queries';
import { visible } from '../visible';

export type ConversationRow = ResultOf<typeof CONVERSATIONS>['conversations']['nodes'][number];

export const nameOf = ({ title, statedId, id }: Pick<ConversationRow, 'title' | 'statedId' | 'id'>) =>
  visible(title ?? statedId ?? id);

const listed = (names: readonly string[]) => {
  const text = visible(names.join(', '));
  return <Clipped title={text}>{text === '' ? <span className="text-ink-3">–</span> : text}</Clipped>;
};

export const conversationColumns: Column<ConversationRow>[] = [
  {
    id: 'conversation',
    header: 'Conversation',
    hideable: false,
    minWidthPx: 200,
    cell: (row) => (
      // What is left of the room is its own, and never less than tells one from another.
      <span className="block min-w-[184px]">
        <Clipped title={nameOf(row)}>
          {row.title === null ? <span className="font-mono text-caption">{nameOf(row)}</span> : nameOf(row)}
        </Clipped>
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: '108px',
    cell: (row) => <ConversationStatus status={row.status} errorCode={row.errorCode} />,
  },
  {
    id: 'last',
    header: 'Last turn',
    width: '96px',
    cell: (row) => <RelativeTime at={row.lastTurnAt} className="text-ink-2" />,
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

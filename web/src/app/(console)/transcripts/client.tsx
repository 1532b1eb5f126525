'use client';
import { useCallback } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { useData } from '@/graphql/use-data';
import { type ConversationRow, conversationColumns, nameOf } from './list/columns';
import { ListActions } from './list/list-actions';
import { NewerButton } from './list/newer-button';
import { NothingHere } from './list/nothing-here';
import { Toolbar } from './list/toolbar';
import { useHeld } from './list/use-held';
import { useTranscriptsState } from './list/use-transcripts-state';
import { CONVERSATIONS } from './queries';
import { RecordingNotices } from './recording/recording-notices';
import { FoundTraces } from './spans/found-traces';

const REFRESH_MS = 10_000;
const keyOf = (row: ConversationRow) => row.id;
const ID = /^[0-9a-f-]{36}$/i;
/** Words that were looked for are looked for in the conversation, too. */
const hrefOf = (row: ConversationRow, search: string) =>
  search === '' || ID.test(search)
    ? `/transcripts/${row.id}`
    : `/transcripts/${row.id}?q=${encodeURIComponent(search)}`;

/** Conversations over all apps and providers, by their last turn. */
export function Transcripts({ openedAt }: { openedAt: Date }) {
  const state = useTranscriptsState(openedAt);
  const keyset = useKeyset();
  const mayReadBodies = useCan('transcript_body.read');
  const first = Math.min(keyset.first, 100);
  const asked = { filter: state.filter, first, after: keyset.after };
  const { data, readAt, isUnderWay, problem, refetch } = useData(
    CONVERSATIONS,
    asked,
    keyset.after === null ? { everyMs: REFRESH_MS, lists: ['Conversation'] } : { lists: ['Conversation'] },
  );
  const search = mayReadBodies ? state.own.q.trim() : '';
  const rowHref = useCallback((row: ConversationRow) => hrefOf(row, search), [search]);
  const question = JSON.stringify(asked);
  const { page, rows, newer, show, isOfAnother } = useHeld({ question, page: data?.conversations, isUnderWay });
  const beyond = page?.hasNextPage ? page.endCursor : null;
  const lookFurther = beyond ? () => keyset.next(beyond) : null;
  return (
    <>
      <PageHeader
        title="Transcripts"
        description={
          mayReadBodies
            ? 'What apps asked and models answered, where a provider records it.'
            : 'Recorded conversations by their figures. Your role does not allow reading what was said.'
        }
        actions={<ListActions filter={state.filter} />}
      />
      <RecordingNotices className="mb-4" />
      <Toolbar state={state} />
      <FoundTraces search={state.filter.search ?? undefined} />
      <DataTable
        label="Conversations"
        name="transcripts"
        columns={conversationColumns}
        rows={rows}
        rowKey={keyOf}
        rowHref={rowHref}
        rowLabel={nameOf}
        stale={isOfAnother}
        problem={problem}
        readAt={readAt}
        options={<NewerButton count={newer} isAtLeast={newer === first} onShow={show} />}
        onRetry={refetch}
        skeletonRows={first}
        paging={{
          keyset,
          endCursor: page?.endCursor ?? null,
          hasNextPage: page?.hasNextPage ?? false,
          noun: 'conversation',
        }}
        empty={
          <NothingHere
            isNarrowed={state.isNarrowed || keyset.after !== null}
            onLookFurther={lookFurther}
            onClear={state.clear}
          />
        }
      />
    </>
  );
}

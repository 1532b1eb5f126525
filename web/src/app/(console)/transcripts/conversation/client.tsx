'use client';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Banner } from '@/components/ui/banner';
import { CopyId } from '@/components/ui/copy-button';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { isUnreached } from '@/graphql/problem';
import { useData } from '@/graphql/use-data';
import { ConversationStatus } from '../conversation-status';
import { nameOf } from '../list/columns';
import { CONVERSATION } from '../queries';
import { ConversationMenu } from './conversation-menu';
import { NothingKept } from './nothing-kept';
import { Reader } from './reader';
import { CallLinks, inferredText, Summary } from './summary';

const CRUMBS = [{ label: 'Transcripts', href: '/transcripts' }];
const REFRESH_MS = 10_000;

export function Conversation({ id }: { id: string }) {
  const mayRead = useCan('transcript_body.read');
  const { data, readAt, problem, refetch } = useData(CONVERSATION, { id }, { everyMs: REFRESH_MS });
  if (!data) {
    return (
      <>
        <PageHeader title={problem ? 'Conversation' : <Skeleton className="h-6 w-64" />} crumbs={CRUMBS} />
        {problem ? (
          <ErrorState title="The conversation could not be loaded" problem={problem} onRetry={refetch} />
        ) : (
          <Skeleton className="h-32 w-full" />
        )}
      </>
    );
  }
  const { conversation, proxyUrlPrefix } = data;
  if (!conversation) {
    return (
      <>
        <PageHeader title="No such conversation" crumbs={CRUMBS} />
        <NothingKept />
      </>
    );
  }
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={<span className="line-clamp-2">{nameOf(conversation)}</span>}
        aside={
          <span className="text-table">
            <ConversationStatus status={conversation.status} errorCode={conversation.errorCode} />
          </span>
        }
        actions={<ConversationMenu id={conversation.id} />}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <CopyId value={conversation.id} label="Copy id" />
            <span className="text-table text-ink-3">{inferredText(conversation)}.</span>
            <CallLinks conversation={conversation} />
          </span>
        }
      />
      {problem && !isUnreached(problem) && (
        <div className="mb-4">
          <ProblemNote problem={problem} shownFrom={readAt} />
        </div>
      )}
      <Summary conversation={conversation} />
      {!mayRead && (
        <Banner className="mb-4">
          Your role does not allow reading what was said. Figures and outcomes of each turn are below.
        </Banner>
      )}
      <Reader conversation={conversation} mayRead={mayRead} proxyUrlPrefix={proxyUrlPrefix} />
    </>
  );
}

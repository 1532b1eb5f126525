'use client';
import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PageHeader } from '@/components/page/page-header';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Facts, Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { exactTime } from '@/format';
import { useData } from '@/graphql/use-data';
import { DeletionStatus } from './deletion-status';
import { type Deletion, ONE_DELETION, SCOPE_NAMES } from './queries';
import { receiptJson } from './receipt';
import { scopeText } from './scope';
import { SpoolsTable } from './spools-table';
import { StoresTable } from './stores-table';

const CRUMBS = [
  { label: 'Transcripts', href: '/transcripts' },
  { label: 'Deletions', href: '/transcripts/deletions' },
];
const REFRESH_MS = 1_000;

/** One order, from its start to its receipt. */
export function DeletionReceipt({ id }: { id: string }) {
  const [isMoving, setMoving] = useState(true);
  const { data, problem, refetch } = useData(ONE_DELETION, { id }, isMoving ? { everyMs: REFRESH_MS } : {});
  const { data: names } = useData(SCOPE_NAMES, {});
  const deletion = data?.transcriptDeletion;
  useEffect(() => {
    if (data) setMoving(deletion?.state === 'WAITING');
  }, [data, deletion]);
  if (!data) {
    return (
      <>
        <PageHeader title="Deletion" crumbs={CRUMBS} />
        {problem ? (
          <ErrorState title="The deletion could not be loaded" problem={problem} onRetry={refetch} />
        ) : (
          <Skeleton className="h-48 w-full" />
        )}
      </>
    );
  }
  if (!deletion) {
    return (
      <>
        <PageHeader title="No such deletion" crumbs={CRUMBS} />
        <EmptyState
          title="Nothing is at this address"
          action={<ButtonLink href="/transcripts/deletions">All deletions</ButtonLink>}
        >
          The address was mistyped, or the deletion belongs to another project.
        </EmptyState>
      </>
    );
  }
  const isDone = deletion.state === 'DONE';
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={isDone ? 'Receipt of a deletion' : 'Deletion'}
        aside={
          <span className="text-table">
            <DeletionStatus state={deletion.state} />
          </span>
        }
        description={scopeText(deletion, names)}
        actions={
          isDone && (
            <span className="flex gap-2 print:hidden">
              <CopyButton withText size="md" text={receiptJson(deletion)} label="Copy as JSON" />
              <Button icon={<Printer aria-hidden />} onClick={() => window.print()}>
                Print
              </Button>
            </span>
          )
        }
      />
      {deletion.state === 'WAITING' && (
        <Banner className="mb-5" title="Every store is being cleared">
          This page shows the receipt once all of them were counted again and files with these bytes are off the disks,
          mostly within a minute. You can leave it.
        </Banner>
      )}
      {deletion.state === 'FAILED' && (
        <Banner tone="failed" className="mb-5" title="It could not be finished">
          {deletion.problem} Some of it may be deleted. Order it again once the cause is mended.
        </Banner>
      )}
      <div className="flex max-w-[784px] flex-col gap-8">
        {deletion.tables && (
          <Section title="Stores">
            <StoresTable tables={deletion.tables} />
          </Section>
        )}
        {deletion.spools && deletion.doneAt && (
          <Section title="Spools of proxies">
            <p className="mb-2 text-ink-2 text-table">
              {deletion.spools.length === 0
                ? 'No proxy has told what waits on its disk, so nothing is known of it. '
                : 'Calls of all projects that no store had taken when this was done. '}
              Those that began before the order and belong to it are refused when they arrive, however late: known by
              who made them and when, and of a conversation by hashes of its turns.
            </p>
            {deletion.spools.length > 0 && <SpoolsTable spools={deletion.spools} doneAt={deletion.doneAt} />}
          </Section>
        )}
        <Section title="Particulars">
          <Facts className="text-table" facts={factsOf(deletion)} />
        </Section>
      </div>
    </>
  );
}

function factsOf(deletion: Deletion) {
  const { id, orderedBy, orderedAt, reason, doneAt, bytesGoneAt, state } = deletion;
  const at = (time: string) => <span className="figures">{exactTime(time)}</span>;
  return [
    { label: 'Ordered by', value: orderedBy },
    { label: 'Ordered', value: at(orderedAt) },
    { label: 'Why', value: reason },
    { label: 'About', value: 'Calls that began before it was ordered' },
    ...(doneAt ? [{ label: 'Nothing left', value: at(doneAt) }] : []),
    ...(state === 'DONE'
      ? [
          {
            label: 'Bytes off the disks',
            value: bytesGoneAt
              ? at(bytesGoneAt)
              : 'Not yet when this was written; ClickHouse and Redis remove them within minutes',
          },
          {
            label: 'Still on their way',
            value:
              'A call that lay in a proxy’s spool or in the queue is refused when it arrives, however late. Its bytes are gone from there then.',
          },
          { label: 'Not covered', value: 'Backups of ClickHouse, until they end; usage and cost, which stay' },
        ]
      : []),
    { label: 'Id', value: <span className="font-mono text-caption">{id}</span> },
  ];
}

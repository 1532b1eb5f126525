'use client';
import Link from 'next/link';
import { useMemo } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { columnsWith, type RecordedProvider } from './columns';
import { RECORDING_OF_PROVIDERS } from './queries';
import { RecordingNotices } from './recording-notices';

const CRUMBS = [{ label: 'Transcripts', href: '/transcripts' }];
const byName = (a: RecordedProvider, b: RecordedProvider) => a.displayName.localeCompare(b.displayName, 'en');

/** Of every provider what is kept of its calls, for how long and cleared of what: the answer to whoever has to prove it. */
export function WhatIsRecorded() {
  const { data, problem, refetch } = useData(RECORDING_OF_PROVIDERS, {}, { lists: ['Provider'] });
  const [mayWrite, mayAudit] = [useCan('provider.write'), useCan('audit.read')];
  const columns = useMemo(() => columnsWith(data?.redactionDetectors ?? []), [data]);
  const rows = useMemo(() => data?.providers.nodes.toSorted(byName), [data]);
  return (
    <>
      <PageHeader
        title="Recording"
        crumbs={CRUMBS}
        description="What is kept of each provider’s calls that begin now. What was recorded before stays for as long as was set then."
      />
      <RecordingNotices className="mb-4" />
      <DataTable
        label="What is recorded"
        name="what-is-recorded"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={({ name }) => (mayWrite ? `/providers/${name}?tab=settings` : `/providers/${name}`)}
        rowLabel={({ displayName }) => displayName}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        empty={
          <EmptyState
            title="No providers yet"
            action={mayWrite ? <ButtonLink href="/providers/new">Create a provider</ButtonLink> : undefined}
          >
            Without a provider no call passes, and nothing is kept.
          </EmptyState>
        }
      />
      <p className="mt-4 max-w-[720px] text-table text-ink-2">
        What is not kept touches no disk, no queue and no log. Tokens, cost, latency and outcome are recorded for every
        call all the same.{' '}
        {mayAudit && (
          <>
            Who changed what is in{' '}
            <Link href="/audit" className="rounded-sm text-accent underline">
              Audit
            </Link>
            .
          </>
        )}
      </p>
    </>
  );
}

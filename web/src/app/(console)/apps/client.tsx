'use client';
import { Plus } from 'lucide-react';
import { useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { lastSevenDays } from '../usage/range';
import { appColumns, appRows } from './columns';
import { CreateAppDialog } from './create-app-dialog';
import { APPS } from './queries';
import { createParser } from './search-params';

export function Apps() {
  const [range] = useState(() => lastSevenDays(new Date()));
  const list = useData(APPS, { range }, { lists: ['App'] });
  const [isCreating, setCreating] = useQueryState('create', createParser);
  const rows = useMemo(() => list.data && appRows(list.data.apps, list.data.usageBreakdown), [list.data]);
  const canWrite = useCan('app.write');
  const create = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => void setCreating(true)}>
      Create app
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Apps"
        description="An app is who calls are attributed to. It presents tokens of its own."
        actions={create}
      />
      <DataTable
        label="Apps"
        name="apps"
        columns={appColumns}
        rows={rows}
        rowKey={(row) => row.id}
        rowHref={(row) => `/apps/${row.id}`}
        rowLabel={(row) => row.name}
        stale={list.stale}
        problem={list.problem}
        onRetry={list.refetch}
        fixedColumns
        empty={
          <EmptyState title="No app yet" action={create}>
            Create one for each program that calls a model. It gets tokens that open your providers, and its calls,
            tokens and spend are counted under its name.
          </EmptyState>
        }
      />
      <CreateAppDialog
        open={isCreating}
        onClose={() => void setCreating(null)}
        environments={list.data?.environments.map(({ name }) => name) ?? []}
        takenNames={list.data?.apps.map(({ name }) => name) ?? []}
      />
    </>
  );
}

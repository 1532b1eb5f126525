'use client';
import { Plus } from 'lucide-react';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { useData } from '@/graphql/use-data';
import { BulkActions } from './actions/bulk-actions';
import { ConfirmDelete } from './actions/confirm-delete';
import { ConfirmDisable } from './actions/confirm-disable';
import { providerMenu } from './actions/provider-menu';
import { useEnable } from './actions/use-enable';
import { type ProviderRow, providerColumns } from './columns';
import { sortInput } from './list-query';
import { NoProviders } from './no-providers';
import { ProviderFilters, useProviderFilter } from './provider-filters';
import { PROVIDER_LIST } from './queries';

const CREATE = (
  <ButtonLink href="/providers/new" variant="primary" icon={<Plus aria-hidden />}>
    Create provider
  </ButtonLink>
);

export function Providers() {
  const keyset = useKeyset();
  const filter = useProviderFilter();
  const [sort] = useQueryState('sort', parseAsString.withDefault(''));
  const list = useData(PROVIDER_LIST, {
    filter: filter.input,
    ...sortInput(sort),
    first: keyset.first,
    after: keyset.after,
  });
  const types = list.data?.providerTypes;
  const page = list.data?.providers;
  const columns = useMemo(() => providerColumns(new Map(types?.map(({ type, label }) => [type, label]))), [types]);
  const [disabling, setDisabling] = useState<ProviderRow | null>(null);
  const [deleting, setDeleting] = useState<ProviderRow | null>(null);
  const enable = useEnable();
  const canWrite = useCan('provider.write');
  const isPaged = page !== undefined && (page.hasNextPage || keyset.after !== null || page.nodes.length > 24);

  return (
    <>
      <PageHeader
        title="LLM Providers"
        description="Each provider is one upstream connection with one proxy URL for your apps."
        actions={canWrite && CREATE}
      />
      <DataTable
        label="Providers"
        name="providers"
        columns={columns}
        rows={page?.nodes}
        rowKey={(row) => row.id}
        rowHref={(row) => `/providers/${row.name}`}
        rowLabel={(row) => row.displayName}
        rowMenu={(row) => providerMenu(row, canWrite ? { setDisabling, setDeleting, enable } : null)}
        isMuted={(row) => !row.enabled}
        onSort={() => filter.set({})}
        stale={list.stale}
        problem={list.problem}
        onRetry={list.refetch}
        filters={<ProviderFilters filter={filter} types={types ?? []} environments={list.data?.environments ?? []} />}
        empty={<NoProviders filtered={filter.isSet} onClear={filter.clear} action={canWrite && CREATE} />}
        {...(canWrite
          ? {
              bulkActions: (selected: readonly ProviderRow[], clear: () => void) => (
                <BulkActions selected={selected} onDone={clear} />
              ),
            }
          : {})}
        {...(isPaged
          ? {
              paging: {
                keyset,
                endCursor: page.endCursor,
                hasNextPage: page.hasNextPage,
                totalCount: page.totalCount,
                noun: 'provider',
              },
            }
          : {})}
      />
      <ConfirmDisable provider={disabling} onClose={() => setDisabling(null)} />
      <ConfirmDelete provider={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

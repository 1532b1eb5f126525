'use client';
import { Copy, Pause, Play, Plus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useKeyset } from '@/components/data-table/use-keyset';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { copyText } from '@/components/ui/copy-button';
import type { MenuEntry } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { useData } from '@/graphql/use-data';
import { ConfirmDelete } from './actions/confirm-delete';
import { ConfirmDisable } from './actions/confirm-disable';
import { useEnable } from './actions/use-enable';
import { type ProviderRow, providerColumns } from './columns';
import { NoProviders } from './no-providers';
import { ProviderFilters, useProviderFilter } from './provider-filters';
import { PROVIDER_LIST } from './queries';

const CREATE = (
  <ButtonLink href="/providers/new" variant="primary" icon={<Plus aria-hidden />}>
    Create provider
  </ButtonLink>
);

/** So many fit on one page, and a whole list can be sorted; a part of one would be sorted wrongly. */
const WHOLE_LIST = 200;

export function Providers() {
  const keyset = useKeyset(WHOLE_LIST);
  const filter = useProviderFilter();
  const list = useData(PROVIDER_LIST, { filter: filter.input, first: keyset.first, after: keyset.after });
  const types = list.data?.providerTypes;
  const page = list.data?.providers;
  const isWhole = keyset.after === null && !page?.hasNextPage;
  const columns = useMemo(() => {
    const all = providerColumns(new Map(types?.map(({ type, label }) => [type, label])));
    return isWhole ? all : all.map(({ sortValue: _, ...column }) => column);
  }, [types, isWhole]);
  const [disabling, setDisabling] = useState<ProviderRow | null>(null);
  const [deleting, setDeleting] = useState<ProviderRow | null>(null);
  const enable = useEnable();
  const canWrite = useCan('provider.write');

  const changesOf = (row: ProviderRow): MenuEntry[] => [
    row.enabled
      ? { label: 'Disable', icon: <Pause aria-hidden />, onSelect: () => setDisabling(row) }
      : { label: 'Enable', icon: <Play aria-hidden />, onSelect: () => void enable(row) },
    'separator',
    { label: 'Delete', icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setDeleting(row) },
  ];
  const menuOf = (row: ProviderRow): MenuEntry[] => [
    { label: 'Copy proxy URL', icon: <Copy aria-hidden />, onSelect: () => void copyProxyUrl(row) },
    ...(canWrite ? changesOf(row) : []),
  ];
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
        rowMenu={menuOf}
        isMuted={(row) => !row.enabled}
        stale={list.stale}
        problem={list.problem}
        onRetry={list.refetch}
        filters={<ProviderFilters filter={filter} types={types ?? []} />}
        empty={<NoProviders filtered={filter.isSet} onClear={filter.clear} action={canWrite && CREATE} />}
        {...(page && (page.hasNextPage || keyset.after !== null || page.nodes.length > 24)
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

async function copyProxyUrl(row: ProviderRow): Promise<void> {
  await copyText(row.proxyUrl);
  toast('Proxy URL copied', row.proxyUrl);
}

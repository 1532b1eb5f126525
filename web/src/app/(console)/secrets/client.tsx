'use client';
import { Plus, RefreshCw, Search, Trash2 } from 'lucide-react';
import { useQueryState, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { useData } from '@/graphql/use-data';
import { createParser } from '../apps/search-params';
import { type SecretRow, secretColumns } from './columns';
import { CreateSecretDialog } from './create-secret-dialog';
import { DeleteSecretDialog } from './delete-secret-dialog';
import { narrow } from './narrow';
import { SECRETS } from './queries';
import { RotateSecretDialog } from './rotate-secret-dialog';
import { secretListParsers } from './search-params';
import { SecretDrawer } from './secret-drawer';

export function Secrets() {
  const list = useData(SECRETS, {}, { lists: ['Secret'] });
  const [view, setView] = useQueryStates(secretListParsers, { history: 'replace' });
  const [isCreating, setCreating] = useQueryState('create', createParser);
  const [rotating, setRotating] = useState<SecretRow | null>(null);
  const [deleting, setDeleting] = useState<SecretRow | null>(null);
  const canWrite = useCan('secret.write');
  const secrets = list.data?.secrets;
  const create = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => void setCreating(true)}>
      Create secret
    </Button>
  );
  const isNarrowed = view.search.trim() !== '' || view.use !== 'all';
  return (
    <>
      <PageHeader
        title="Secrets"
        description="Upstream keys, encrypted. A value goes in once and is never shown again."
        actions={create}
      />
      <DataTable
        label="Secrets"
        name="secrets"
        columns={secretColumns}
        rows={secrets && narrow(secrets, view.search, view.use)}
        rowKey={(row) => row.secretId}
        onRowOpen={(row) => void setView({ secret: row.secretId })}
        rowLabel={(row) => row.secretId}
        rowMenu={
          canWrite
            ? (row) => [
                { label: 'Rotate', icon: <RefreshCw aria-hidden />, onSelect: () => setRotating(row) },
                'separator',
                { label: 'Delete', icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setDeleting(row) },
              ]
            : undefined
        }
        stale={list.stale}
        problem={list.problem}
        onRetry={list.refetch}
        filters={
          <>
            <span className="w-full sm:w-60">
              <Input
                type="search"
                data-search
                aria-label="Search secrets"
                placeholder="Search by id or provider"
                icon={<Search />}
                value={view.search}
                onChange={(event) => void setView({ search: event.target.value })}
              />
            </span>
            <Segments
              label="Use"
              size="md"
              value={view.use}
              onChange={(use) => void setView({ use })}
              options={[
                { value: 'all', label: 'All' },
                { value: 'used', label: 'Used' },
                { value: 'unused', label: 'Unused' },
              ]}
            />
          </>
        }
        empty={
          isNarrowed && secrets && secrets.length > 0 ? (
            <EmptyState
              title={view.use === 'unused' && view.search.trim() === '' ? 'No unused secret' : 'No secret fits'}
              action={<Button onClick={() => void setView({ search: null, use: null })}>Clear filters</Button>}
            >
              {view.use === 'unused' ? 'Every secret is used by a provider.' : 'Search looks at ids and at providers.'}
            </EmptyState>
          ) : (
            <EmptyState title="No secret yet" action={create}>
              Store an upstream’s API key here, or paste it while creating a provider. Providers refer to it by its id.
            </EmptyState>
          )
        }
      />
      <SecretDrawer
        secretId={view.secret}
        secrets={secrets}
        onClose={() => void setView({ secret: null })}
        {...(canWrite ? { onRotate: setRotating, onDelete: setDeleting } : {})}
      />
      <CreateSecretDialog
        open={isCreating}
        onClose={() => void setCreating(null)}
        takenIds={secrets?.map(({ secretId }) => secretId) ?? []}
      />
      <RotateSecretDialog secret={rotating} onClose={() => setRotating(null)} />
      <DeleteSecretDialog
        secret={deleting}
        onClose={() => setDeleting(null)}
        onDeleted={() => void setView({ secret: null })}
      />
    </>
  );
}

'use client';
import { Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useQueryState } from 'nuqs';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { createParser } from '../apps/search-params';
import { type SecretRow, secretColumns } from './columns';
import { CreateSecretDialog } from './create-secret-dialog';
import { DeleteSecretDialog } from './delete-secret-dialog';
import { SECRETS } from './queries';
import { RotateSecretDialog } from './rotate-secret-dialog';

export function Secrets() {
  const list = useData(SECRETS, {});
  const [isCreating, setCreating] = useQueryState('create', createParser);
  const [rotating, setRotating] = useState<SecretRow | null>(null);
  const [deleting, setDeleting] = useState<SecretRow | null>(null);
  const canWrite = useCan('secret.write');
  const create = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => void setCreating(true)}>
      Create secret
    </Button>
  );
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
        rows={list.data?.secrets}
        rowKey={(row) => row.secretId}
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
        fixedColumns
        empty={
          <EmptyState title="No secret yet" action={create}>
            Store an upstream’s API key here, or paste it while creating a provider. Providers refer to it by its id.
          </EmptyState>
        }
      />
      <CreateSecretDialog
        open={isCreating}
        onClose={() => void setCreating(null)}
        takenIds={list.data?.secrets.map(({ secretId }) => secretId) ?? []}
      />
      <RotateSecretDialog secret={rotating} onClose={() => setRotating(null)} />
      <DeleteSecretDialog secret={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

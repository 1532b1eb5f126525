'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan, useViewer } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { apiTokenColumns } from './columns';
import { CreateDialog } from './create-dialog';
import { API_TOKENS, type ApiToken, OF_API_TOKENS } from './queries';
import { RevokeDialog } from './revoke-dialog';
import { stateOf } from './token-state';

/** Tokens by which scripts read usage; they change nothing. */
export function ApiTokens() {
  const { data, problem, refetch } = useData(API_TOKENS, {}, { lists: OF_API_TOKENS.additionalTypenames });
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const canWrite = useCan('api_token.write');
  const viewer = useViewer();
  const create = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
      Create API token
    </Button>
  );
  const menu = (token: ApiToken) => [
    {
      label: 'Revoke',
      danger: true,
      // One's own, or anybody's as an admin.
      disabled:
        stateOf(token, new Date()) === 'revoked' || (viewer.role !== 'admin' && token.createdBy !== viewer.email),
      onSelect: () => setRevoking(token),
    },
  ];
  return (
    <>
      <DataTable
        label="API tokens"
        name="api-tokens"
        columns={apiTokenColumns}
        rows={data?.apiTokens}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        rowMenu={canWrite ? menu : undefined}
        isMuted={(row) => stateOf(row, new Date()) !== 'active'}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={3}
        filters={
          <p className="max-w-[640px] text-ink-2">
            Let scripts read cost, usage, calls, the ledger and providers of this project by GraphQL. They change
            nothing.
          </p>
        }
        options={create}
        empty={
          <EmptyState title="No API token" action={create}>
            {canWrite
              ? 'Create one for the script or the spreadsheet that fetches your figures.'
              : 'Ask an admin of this project for one; your role cannot create any.'}
          </EmptyState>
        }
      />
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

'use client';
import { ArrowRight, Ban, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useQueryState } from 'nuqs';
import { useMemo, useState } from 'react';
import { DataTable } from '@/components/data-table/data-table';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { Badge } from '@/components/ui/badge';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { usageHref } from '../../usage/href';
import { ConfirmDeleteApp } from '../confirm-delete-app';
import { ConfirmRevoke } from '../confirm-revoke';
import { APP } from '../queries';
import { createParser } from '../search-params';
import { CreateTokenDialog } from '../token-dialog/create-token-dialog';
import { type TokenRow, tokenColumns } from './token-columns';

const CRUMBS = [{ label: 'Apps', href: '/apps' }];

export function AppDetail({ id }: { id: string }) {
  const router = useRouter();
  const detail = useData(APP, { id });
  const [isCreating, setCreating] = useQueryState('create', createParser);
  const [revoking, setRevoking] = useState<TokenRow | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const canWrite = useCan('app.write');
  const tokens = useMemo(
    () => detail.data?.app?.tokens.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    [detail.data],
  );

  if (!detail.data) {
    return detail.problem ? (
      <>
        <PageHeader title="App" crumbs={CRUMBS} />
        <ErrorState title="The app could not be loaded" problem={detail.problem} onRetry={detail.refetch} />
      </>
    ) : (
      <PageHeader
        title={<Skeleton className="my-1.5 h-4 w-40" />}
        crumbs={CRUMBS}
        description={<Skeleton className="mt-1.5" />}
      />
    );
  }
  const { app, providers } = detail.data;
  if (!app) {
    return (
      <>
        <PageHeader title="No such app" crumbs={CRUMBS} />
        <EmptyState title="Nothing under this address" action={<ButtonLink href="/apps">All apps</ButtonLink>}>
          It was deleted, or the address was mistyped. Calls of deleted apps stay in Cost &amp; Usage.
        </EmptyState>
      </>
    );
  }
  const create = canWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => void setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={app.name}
        aside={<Badge>{app.environment.name}</Badge>}
        description={
          <Link
            href={usageHref({ apps: [app.name] })}
            className="inline-flex items-center gap-1 rounded-sm text-table text-accent hover:underline"
          >
            View in Cost &amp; Usage
            <ArrowRight aria-hidden className="size-3.5" />
          </Link>
        }
        actions={create}
      />
      <Section title="Tokens" className="border-t-0 pt-0">
        <DataTable
          label="Tokens"
          name="tokens"
          columns={tokenColumns}
          rows={tokens}
          rowKey={(row) => row.id}
          rowLabel={(row) => row.name}
          rowMenu={
            canWrite
              ? (row) => [
                  {
                    label: row.state === 'revoked' ? 'Revoked already' : 'Revoke',
                    icon: <Ban aria-hidden />,
                    danger: true,
                    disabled: row.state === 'revoked',
                    onSelect: () => setRevoking(row),
                  },
                ]
              : undefined
          }
          isMuted={(row) => row.state !== 'active'}
          stale={detail.stale}
          problem={detail.problem}
          onRetry={detail.refetch}
          fixedColumns
          empty={
            <EmptyState title="No token yet" action={create}>
              The app presents a token in place of the upstream key. It is shown once, when it is created.
            </EmptyState>
          }
        />
      </Section>
      {canWrite && (
        <Section title="Delete this app" className="mt-10 max-w-[720px]">
          <p className="mb-4 text-ink-2">
            All of its tokens stop working within two seconds. Its calls and their cost stay in Cost &amp; Usage. This
            cannot be undone.
          </p>
          <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setDeleting(true)}>
            Delete app
          </Button>
        </Section>
      )}
      <CreateTokenDialog
        open={isCreating}
        onClose={() => void setCreating(null)}
        app={app}
        providers={providers.nodes}
      />
      <ConfirmRevoke token={revoking} app={app.name} onClose={() => setRevoking(null)} />
      <ConfirmDeleteApp
        app={isDeleting ? app : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/apps')}
      />
    </>
  );
}

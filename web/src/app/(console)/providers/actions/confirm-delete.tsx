'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { DELETE_PROVIDER } from '../queries';

interface ConfirmDeleteProps {
  /** null = closed. */
  provider: { readonly name: string; readonly displayName: string; readonly proxyUrl: string } | null;
  onClose: () => void;
  onDeleted?: () => void;
}

export function ConfirmDelete({ provider, onClose, onDeleted }: ConfirmDeleteProps) {
  const remove = useAction(DELETE_PROVIDER);
  const run = async () => {
    if (!provider) return;
    const context = { additionalTypenames: ['Provider', 'ProviderPage', 'Secret'] };
    if (!(await remove.run({ name: provider.name, confirmName: provider.name }, context))) return;
    toast(`${provider.displayName} deleted`);
    onClose();
    onDeleted?.();
  };
  return (
    <ConfirmDialog
      open={provider !== null}
      onOpenChange={(open) => {
        if (open) return;
        remove.reset();
        onClose();
      }}
      title={`Delete ${provider?.displayName ?? ''}?`}
      consequences={<DeleteConsequences proxyUrl={provider?.proxyUrl ?? ''} />}
      {...(provider ? { confirmName: provider.name } : {})}
      actionLabel="Delete provider"
      onConfirm={() => void run()}
      running={remove.running}
      problem={remove.problem}
    />
  );
}

export function DeleteConsequences({ proxyUrl }: { proxyUrl: string }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4">
      <li>
        New calls to <code className="font-mono text-caption break-all">{proxyUrl}</code> are refused with 404{' '}
        <code className="font-mono text-caption">provider_unknown</code> within two seconds. Calls under way finish and
        are recorded.
      </li>
      <li>Tokens limited to this provider lose it; a new provider of the same name is not opened to them.</li>
      <li>Its calls and their cost stay in Cost &amp; Usage.</li>
      <li>Its secrets stay under Secrets, where they can be deleted once nothing uses them.</li>
      <li>This cannot be undone.</li>
    </ul>
  );
}

'use client';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Link } from '@/components/ui/link';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import type { SecretRow } from './columns';
import { DELETE_SECRET } from './queries';

interface DeleteSecretDialogProps {
  /** null = closed. */
  secret: SecretRow | null;
  onClose: () => void;
  onDeleted?: () => void;
}

/** A secret in use cannot be deleted; who uses it is named at once. */
export function DeleteSecretDialog({ secret, onClose, onDeleted }: DeleteSecretDialogProps) {
  const remove = useAction(DELETE_SECRET);
  const isUsed = (secret?.usedBy.length ?? 0) > 0;
  const close = () => {
    remove.reset();
    onClose();
  };
  const run = async () => {
    if (!secret) return;
    if (!(await remove.run({ secretId: secret.secretId }, { additionalTypenames: ['Secret'] }))) return;
    toast(`${secret.secretId} deleted`);
    close();
    onDeleted?.();
  };
  return (
    <>
      <Dialog
        open={secret !== null && isUsed}
        onOpenChange={(open) => !open && close()}
        width="sm"
        title={`${secret?.secretId ?? ''} is in use`}
        footer={<Button onClick={close}>Close</Button>}
      >
        <p className="text-ink-2">Give these providers another secret, or delete them, then delete this one:</p>
        <ul className="mt-2 flex flex-col gap-1">
          {secret?.usedBy.map((name) => (
            <li key={name}>
              <Link
                href={`/providers/${name}?tab=settings`}
                className="rounded-sm font-mono text-table text-accent hover:underline"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </Dialog>
      <ConfirmDialog
        open={secret !== null && !isUsed}
        onOpenChange={(open) => !open && close()}
        title={`Delete ${secret?.secretId ?? ''}?`}
        consequences="The value is erased and cannot be brought back. No provider uses it, so no call changes."
        {...(secret ? { confirmName: secret.secretId } : {})}
        actionLabel="Delete secret"
        onConfirm={() => void run()}
        running={remove.running}
        problem={remove.problem}
      />
    </>
  );
}

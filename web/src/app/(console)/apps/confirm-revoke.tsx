'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { REVOKE_TOKEN } from './queries';

interface ConfirmRevokeProps {
  /** null = closed. */
  token: { readonly id: string; readonly name: string } | null;
  app: string;
  onClose: () => void;
}

export function ConfirmRevoke({ token, app, onClose }: ConfirmRevokeProps) {
  const revoke = useAction(REVOKE_TOKEN);
  const run = async () => {
    if (!token || !(await revoke.run({ id: token.id }))) return;
    toast(`${token.name} revoked`);
    onClose();
  };
  return (
    <ConfirmDialog
      open={token !== null}
      onOpenChange={(open) => {
        if (open) return;
        revoke.reset();
        onClose();
      }}
      title={`Revoke ${token?.name ?? ''}?`}
      consequences={
        <>
          Calls of {app} with this token are refused with 401{' '}
          <code className="font-mono text-table">token_invalid</code> within two seconds. Its other tokens go on
          working. This cannot be undone.
        </>
      }
      actionLabel="Revoke token"
      onConfirm={() => void run()}
      running={revoke.running}
      problem={revoke.problem}
    />
  );
}

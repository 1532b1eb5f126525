'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { type ApiToken, OF_API_TOKENS, REVOKE_API_TOKEN } from './queries';

export function RevokeDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const revoke = useAction(REVOKE_API_TOKEN);
  const confirm = async () => {
    if (!(await revoke.run({ id: token.id }, OF_API_TOKENS))) return;
    toast(`${token.name} revoked`);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Revoke ${token.name}?`}
      consequences="Scripts that use it are refused with 401 at once. Figures they have fetched stay theirs. This cannot be undone."
      actionLabel="Revoke token"
      onConfirm={() => void confirm()}
      running={revoke.running}
      problem={revoke.problem}
    />
  );
}

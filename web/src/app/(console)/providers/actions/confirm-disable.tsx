'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { SET_PROVIDER_ENABLED } from '../queries';

interface ConfirmDisableProps {
  /** null = closed. */
  provider: { readonly name: string; readonly displayName: string } | null;
  onClose: () => void;
}

export function ConfirmDisable({ provider, onClose }: ConfirmDisableProps) {
  const disable = useAction(SET_PROVIDER_ENABLED);
  const run = async () => {
    if (!provider || !(await disable.run({ name: provider.name, enabled: false }))) return;
    toast(`${provider.displayName} disabled`);
    onClose();
  };
  return (
    <ConfirmDialog
      open={provider !== null}
      onOpenChange={(open) => {
        if (open) return;
        disable.reset();
        onClose();
      }}
      title={`Disable ${provider?.displayName ?? ''}?`}
      consequences={
        <>
          New calls to its proxy URL are refused with 403{' '}
          <code className="font-mono text-table">provider_disabled</code> within two seconds. Calls under way finish.
          Settings, secret and history stay; enabling it again undoes this.
        </>
      }
      actionLabel="Disable provider"
      onConfirm={() => void run()}
      running={disable.running}
      problem={disable.problem}
    />
  );
}

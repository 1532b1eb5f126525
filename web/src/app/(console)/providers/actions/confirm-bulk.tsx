'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import type { ProviderRow } from '../columns';
import { SET_PROVIDERS_ENABLED } from '../queries';
import { namesOf, trafficOf } from './bulk-effect';

interface ConfirmBulkProps {
  open: boolean;
  enabling: boolean;
  /** Those it changes something for. */
  providers: readonly ProviderRow[];
  onClose: () => void;
  onDone: () => void;
}

export function ConfirmBulk({ open, enabling, providers, onClose, onDone }: ConfirmBulkProps) {
  const change = useAction(SET_PROVIDERS_ENABLED);
  const verb = enabling ? 'Enable' : 'Disable';
  const what = plural(providers.length, 'provider');
  const run = async () => {
    const names = providers.map(({ name }) => name);
    if (!(await change.run({ names, enabled: enabling }, { additionalTypenames: ['Provider'] }))) return;
    toast(`${what} ${enabling ? 'enabled' : 'disabled'}`);
    onClose();
    onDone();
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        change.reset();
        onClose();
      }}
      title={`${verb} ${what}?`}
      consequences={
        <>
          <p className="mb-2 font-medium break-words text-ink">{namesOf(providers)}</p>
          {enabling ? (
            <p>New calls to their proxy URLs are served again within two seconds.</p>
          ) : (
            <p>
              New calls to their proxy URLs are refused with 403{' '}
              <code className="font-mono text-table">provider_disabled</code> within two seconds. Calls under way
              finish. {trafficOf(providers)}
            </p>
          )}
          <p className="mt-2">All of them change, or none. Settings, secrets and history stay.</p>
        </>
      }
      actionLabel={`${verb} ${what}`}
      onConfirm={() => void run()}
      running={change.running}
      problem={change.problem}
    />
  );
}

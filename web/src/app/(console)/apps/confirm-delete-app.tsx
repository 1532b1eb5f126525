'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import { DELETE_APP } from './queries';

interface ConfirmDeleteAppProps {
  /** null = closed. */
  app: { readonly id: string; readonly name: string; readonly tokens: readonly { readonly state: string }[] } | null;
  onClose: () => void;
  onDeleted: () => void;
}

export function ConfirmDeleteApp({ app, onClose, onDeleted }: ConfirmDeleteAppProps) {
  const remove = useAction(DELETE_APP);
  const active = app?.tokens.filter(({ state }) => state === 'active').length ?? 0;
  const run = async () => {
    if (!app) return;
    if (!(await remove.run({ id: app.id, confirmName: app.name }, { additionalTypenames: ['App', 'Token'] }))) return;
    toast(`${app.name} deleted`);
    onClose();
    onDeleted();
  };
  return (
    <ConfirmDialog
      open={app !== null}
      onOpenChange={(open) => {
        if (open) return;
        remove.reset();
        onClose();
      }}
      title={`Delete ${app?.name ?? ''}?`}
      consequences={
        <ul className="flex list-disc flex-col gap-1 pl-4">
          <li>
            {active === 0
              ? 'It has no active token.'
              : `Its ${plural(active, 'active token')} stop working within two seconds.`}
          </li>
          <li>Its calls and their cost stay in Cost &amp; Usage.</li>
          <li>This cannot be undone.</li>
        </ul>
      }
      {...(app ? { confirmName: app.name } : {})}
      actionLabel="Delete app"
      onConfirm={() => void run()}
      running={remove.running}
      problem={remove.problem}
    />
  );
}

'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { DELETE_SAVED_VIEW, OF_VIEWS, type SavedView } from './queries';

export function DeleteView({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const remove = useAction(DELETE_SAVED_VIEW);
  const confirm = async () => {
    if (!(await remove.run({ id: view.id }, OF_VIEWS))) return;
    toast(`${view.name} is deleted`);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${view.name}?`}
      consequences={
        view.shared
          ? 'It disappears from the list of everybody in this project. Links to it go on showing the same figures.'
          : 'It disappears from your list. Links to it go on showing the same figures.'
      }
      actionLabel="Delete view"
      onConfirm={() => void confirm()}
      running={remove.running}
      problem={remove.problem}
    />
  );
}

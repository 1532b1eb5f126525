'use client';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { type Member, REMOVE_MEMBER } from './queries';

export function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { run, running, problem } = useAction(REMOVE_MEMBER);
  const confirm = async () => {
    const answer = await run({ id: member.id }, { additionalTypenames: ['Member'] });
    if (!answer) return;
    toast(member.invited ? 'Invitation withdrawn' : `${member.displayName} was removed`);
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={member.invited ? `Withdraw the invitation of ${member.displayName}?` : `Remove ${member.displayName}?`}
      consequences={
        member.invited
          ? 'The link stops working at once. You can invite them again.'
          : 'They are signed out at once and cannot sign in again. Apps, tokens and everything they set up stay as they are.'
      }
      {...(member.invited ? {} : { confirmName: member.email })}
      actionLabel={member.invited ? 'Withdraw invitation' : 'Remove member'}
      onConfirm={() => void confirm()}
      running={running}
      problem={problem}
    />
  );
}

'use client';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormFooter } from '@/components/ui/form-footer';
import { RadioCards } from '@/components/ui/radio-cards';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { type Member, ROLES, UPDATE_MEMBER_ROLE } from './queries';

export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [role, setRole] = useState(member.role);
  const { run, running, problem } = useAction(UPDATE_MEMBER_ROLE);
  const submit = async () => {
    const answer = await run({ id: member.id, role });
    if (!answer) return;
    toast(`${member.displayName} is now ${role}`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Role of ${member.displayName}`}
      description="It counts from the next thing they do."
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <RadioCards
          label="Role"
          columns={1}
          value={role}
          onChange={setRole}
          options={ROLES.map(({ value, label, hint }) => ({ value, label, description: hint }))}
        />
        <FormFooter
          submitLabel="Change role"
          missing={role === member.role ? ['a different role'] : []}
          running={running}
          problem={problem}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

'use client';
import { useState } from 'react';
import { useForm } from '@/components/form/use-form';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { RelativeTime } from '@/components/ui/relative-time';
import { Select } from '@/components/ui/select';
import { useAction } from '@/graphql/use-action';
import { complaintAboutEmail } from '../../../(entry)/password';
import { INVITE_MEMBER, type Invitation, ROLES, type Role } from './queries';

interface Values {
  displayName: string;
  email: string;
  role: Role | null;
}

const INITIAL: Values = { displayName: '', email: '', role: null };
const required = () => ({ displayName: 'name', email: 'email', role: 'role' });
const validate = (values: Values) => ({ email: complaintAboutEmail(values.email) });

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  if (invitation) return <InvitationLink invitation={invitation} onClose={onClose} />;
  return <InviteForm onInvited={setInvitation} onClose={onClose} />;
}

function InviteForm({ onInvited, onClose }: { onInvited: (invitation: Invitation) => void; onClose: () => void }) {
  const form = useForm({ initial: INITIAL, validate, required });
  const { run, running, problem } = useAction(INVITE_MEMBER);
  const submit = async () => {
    const { displayName, email, role } = form.values;
    if (role === null) return;
    const answer = await run(
      { input: { displayName: displayName.trim(), email: email.trim(), role } },
      { additionalTypenames: ['Member'] },
    );
    if (answer) onInvited(answer.inviteMember);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Invite member"
      description="You get a link to hand over; Weir sends no mail."
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.missing.length === 0) void submit();
        }}
      >
        <Field label="Name" required>
          {(control) => <Input {...control} {...form.text('displayName')} />}
        </Field>
        <Field
          label="Email"
          required
          error={form.errorOf('email') ?? problem?.fields.email}
          help="They sign in with it."
        >
          {(control) => <Input {...control} type="email" {...form.text('email')} />}
        </Field>
        <Field label="Role" required>
          {({ 'aria-required': _, ...control }) => (
            <Select
              {...control}
              value={form.values.role}
              onChange={(role) => form.set('role', role)}
              options={ROLES}
              placeholder="Choose a role"
            />
          )}
        </Field>
        <FormFooter
          submitLabel="Create invitation"
          missing={form.missing}
          running={running}
          problem={problem?.fields.email ? null : problem}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

function InvitationLink({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={false}
      title="Invitation link"
      description={`Hand it to ${invitation.email} over a channel you trust. It is shown only now and works once.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField value={invitation.link} label="Copy invitation link" wrap />
      <p className="mt-2 text-table text-ink-3">
        Ends <RelativeTime at={invitation.expiresAt} />.
      </p>
    </Dialog>
  );
}

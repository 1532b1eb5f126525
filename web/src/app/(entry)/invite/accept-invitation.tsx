'use client';
import { useState } from 'react';
import { useForm } from '@/components/form/use-form';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { PasswordInput } from '@/components/ui/secret-input';
import { graphql } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { EntryHeading } from '../entry-heading';
import { complaintAboutPassword, PASSWORD_MIN_LENGTH } from '../password';

const ACCEPT = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      id
    }
  }
`);

const INITIAL = { password: '' };
const required = () => ({ password: 'password' });
const validate = (values: typeof INITIAL) => ({ password: complaintAboutPassword(values.password) });

export function AcceptInvitation({ token }: { token: string }) {
  const form = useForm({ initial: INITIAL, validate, required });
  const { run, running, problem } = useAction(ACCEPT);
  const [leaving, setLeaving] = useState(false);

  const submit = async () => {
    const answer = await run({ input: { token, password: form.values.password } });
    if (!answer) return;
    setLeaving(true);
    window.location.assign('/');
  };
  return (
    <>
      <EntryHeading title="Choose a password">
        You were invited to this Weir installation. The link works once and then signs you in.
      </EntryHeading>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.missing.length === 0) void submit();
        }}
      >
        <Field
          label="Password"
          required
          error={form.errorOf('password')}
          help={`At least ${PASSWORD_MIN_LENGTH} characters; a few words make a good one.`}
        >
          {(control) => <PasswordInput {...control} autoComplete="new-password" autoFocus {...form.text('password')} />}
        </Field>
        <FormFooter submitLabel="Set password" missing={form.missing} running={running || leaving} problem={problem} />
      </form>
    </>
  );
}

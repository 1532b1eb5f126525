'use client';
import { useState } from 'react';
import { useForm } from '@/components/form/use-form';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/secret-input';
import { graphql } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { EntryHeading } from '../entry-heading';
import { complaintAboutEmail, complaintAboutPassword, PASSWORD_MIN_LENGTH } from '../password';

const SET_UP = graphql(`
  mutation SetUp($input: SetUpInput!) {
    setUp(input: $input) {
      id
    }
  }
`);

interface Values {
  displayName: string;
  email: string;
  password: string;
}

const INITIAL: Values = { displayName: '', email: '', password: '' };
const required = () => ({ displayName: 'your name', email: 'email', password: 'password' });
const validate = (values: Values) => ({
  email: complaintAboutEmail(values.email),
  password: complaintAboutPassword(values.password),
});

export function SetUp({ token }: { token: string }) {
  const form = useForm({ initial: INITIAL, validate, required });
  const { run, running, problem } = useAction(SET_UP);
  const [leaving, setLeaving] = useState(false);

  const submit = async () => {
    const { displayName, email, password } = form.values;
    const answer = await run({ input: { token, displayName: displayName.trim(), email: email.trim(), password } });
    if (!answer) return;
    setLeaving(true);
    window.location.assign('/');
  };
  return (
    <>
      <EntryHeading title="Create the admin account">
        The first account of this installation. It can invite everybody else.
      </EntryHeading>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.missing.length === 0) void submit();
        }}
      >
        <Field label="Your name" required>
          {(control) => <Input {...control} autoComplete="name" autoFocus {...form.text('displayName')} />}
        </Field>
        <Field label="Email" required error={form.errorOf('email')} help="You sign in with it.">
          {(control) => <Input {...control} type="email" autoComplete="username" {...form.text('email')} />}
        </Field>
        <Field
          label="Password"
          required
          error={form.errorOf('password')}
          help={`At least ${PASSWORD_MIN_LENGTH} characters; a few words make a good one.`}
        >
          {(control) => <PasswordInput {...control} autoComplete="new-password" {...form.text('password')} />}
        </Field>
        <FormFooter
          submitLabel="Create account"
          missing={form.missing}
          running={running || leaving}
          problem={problem}
        />
      </form>
    </>
  );
}

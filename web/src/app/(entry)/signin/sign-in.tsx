'use client';
import { useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { PasswordInput } from '@/components/ui/secret-input';
import { graphql } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { EntryHeading } from '../entry-heading';

const SIGN_IN = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      id
    }
  }
`);

export function SignIn({ next, setUpOpen }: { next: string; setUpOpen: boolean }) {
  const { run, running, problem } = useAction(SIGN_IN);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [leaving, setLeaving] = useState(false);

  const submit = async () => {
    const answer = await run({ input: { email: email.trim(), password } });
    if (!answer) return;
    setLeaving(true);
    window.location.assign(next);
  };
  return (
    <>
      <EntryHeading title="Sign in">The console of this Weir installation.</EntryHeading>
      {setUpOpen && (
        <Banner title="Nobody has an account yet" className="mb-5">
          Open the one-time set-up link that was printed when Weir started to create the admin.
        </Banner>
      )}
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="Email">
          {(control) => (
            <Input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {problem && <ProblemNote problem={problem} />}
        <Button type="submit" variant="primary" loading={running || leaving} disabled={email === '' || password === ''}>
          Sign in
        </Button>
      </form>
    </>
  );
}

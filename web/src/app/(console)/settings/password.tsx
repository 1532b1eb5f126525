'use client';
import { useForm } from '@/components/form/use-form';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { PasswordInput } from '@/components/ui/secret-input';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import { graphql } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { complaintAboutPassword, PASSWORD_MIN_LENGTH } from '../../(entry)/password';

const CHANGE_PASSWORD = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input)
  }
`);

const INITIAL = { currentPassword: '', newPassword: '' };
const required = () => ({ currentPassword: 'current password', newPassword: 'new password' });
const validate = (values: typeof INITIAL) => ({ newPassword: complaintAboutPassword(values.newPassword) });

export function Password() {
  const form = useForm({ initial: INITIAL, validate, required });
  const { run, running, problem } = useAction(CHANGE_PASSWORD);
  const placed = problem?.fields.currentPassword;

  const submit = async () => {
    const answer = await run({ input: form.values }, { additionalTypenames: ['Session'] });
    if (!answer) return;
    form.reset(INITIAL);
    toast('Password changed', 'Your other sessions were signed out.');
  };
  return (
    <Section title="Password" description="Changing it signs out every other session of yours.">
      <form
        className="flex max-w-[400px] flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.missing.length === 0) void submit();
        }}
      >
        <Field label="Current password" required error={placed}>
          {(control) => (
            <PasswordInput {...control} autoComplete="current-password" {...form.text('currentPassword')} />
          )}
        </Field>
        <Field
          label="New password"
          required
          error={form.errorOf('newPassword')}
          help={`At least ${PASSWORD_MIN_LENGTH} characters.`}
        >
          {(control) => <PasswordInput {...control} autoComplete="new-password" {...form.text('newPassword')} />}
        </Field>
        <FormFooter
          submitLabel="Change password"
          missing={form.missing}
          running={running}
          problem={placed ? null : problem}
        />
      </form>
    </Section>
  );
}

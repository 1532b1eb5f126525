'use client';
import { useState } from 'react';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { day } from '@/format';
import { useAction } from '@/graphql/use-action';
import { CreatedToken } from './created-token';
import { CREATE_API_TOKEN, OF_API_TOKENS } from './queries';

const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
] as const;
type Expiry = (typeof EXPIRIES)[number]['value'];
const DAY_MS = 86_400_000;
const LONGEST_NAME = 100;

const required = () => ({ name: 'name' });
const validate = ({ name }: { name: string }) => ({
  name: name.trim().length > LONGEST_NAME && `Use at most ${LONGEST_NAME} characters.`,
});

/** First the form, then the token itself, which can be seen only here and only now. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const isShown = secret !== null;
  return (
    <Dialog
      open
      // Closing loses the token for good: only the button that says so does it.
      onOpenChange={() => !isShown && onClose()}
      dismissible={!isShown}
      closable={!isShown}
      width={isShown ? 'lg' : 'md'}
      title={isShown ? 'Store this token now' : 'Create API token'}
      description={
        isShown
          ? 'It is shown this once. Afterwards only its last four characters can be seen.'
          : 'It reads what this project spent and used, and changes nothing.'
      }
    >
      {isShown ? (
        <CreatedToken secret={secret} onStored={onClose} />
      ) : (
        <Form onCreated={setSecret} onCancel={onClose} />
      )}
    </Dialog>
  );
}

function Form({ onCreated, onCancel }: { onCreated: (secret: string) => void; onCancel: () => void }) {
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [now] = useState(() => new Date());
  const form = useForm({ initial: { name: '' }, validate, required });
  const { run, running, problem } = useAction(CREATE_API_TOKEN);
  const submit = async () => {
    const input = { name: form.values.name.trim(), expiresInDays: Number(expiry) };
    const answer = await run({ input }, OF_API_TOKENS);
    if (answer) onCreated(answer.createApiToken.secret);
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.missing.length === 0 && !running) void submit();
      }}
    >
      <Field
        label="Name"
        required
        error={form.errorOf('name') ?? problem?.fields.name}
        help="What will use it, for example “monthly report of finance”."
      >
        {(control) => <Input {...control} autoFocus {...form.text('name')} />}
      </Field>
      <Field
        label="Expires"
        group
        help={`Stops working ${day(new Date(now.getTime() + Number(expiry) * DAY_MS))}.`}
        error={problem?.fields.expiresInDays}
      >
        {() => <Segments label="Expires" size="md" value={expiry} onChange={setExpiry} options={EXPIRIES} />}
      </Field>
      <FormFooter
        submitLabel="Create API token"
        missing={form.missing}
        running={running}
        problem={problem?.fields.name ? null : problem}
        onCancel={onCancel}
      />
    </form>
  );
}

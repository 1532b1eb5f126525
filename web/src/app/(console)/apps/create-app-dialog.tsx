'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { useAction } from '@/graphql/use-action';
import { CREATE_APP } from './queries';

interface CreateAppDialogProps {
  open: boolean;
  onClose: () => void;
  environments: readonly string[];
  takenNames: readonly string[];
}

export function CreateAppDialog(props: CreateAppDialogProps) {
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => !open && props.onClose()}
      title="Create app"
      description="Name it after the program, so that people recognise it in Cost & Usage."
    >
      {props.open && props.environments.length > 0 && <CreateAppForm {...props} />}
    </Dialog>
  );
}

const REQUIRED = () => ({ name: 'name' });
const MAX_CHARACTERS = 253;

function CreateAppForm({ environments, takenNames, onClose }: CreateAppDialogProps) {
  const router = useRouter();
  const validate = useCallback(
    ({ name }: { name: string }) => ({
      name:
        name.trim().length > MAX_CHARACTERS
          ? `Use at most ${MAX_CHARACTERS} characters.`
          : takenNames.includes(name.trim()) && `An app named “${name.trim()}” exists already.`,
    }),
    [takenNames],
  );
  const form = useForm({
    initial: { name: '', environment: environments[0] ?? '' },
    required: REQUIRED,
    validate,
  });
  const create = useAction(CREATE_APP);
  const { refuse } = form;
  useEffect(() => {
    if (create.problem) refuse(create.problem.fields);
  }, [create.problem, refuse]);

  const submit = async () => {
    const input = { name: form.values.name.trim(), environment: form.values.environment };
    const answer = await create.run({ input }, { additionalTypenames: ['App'] });
    if (answer) router.push(`/apps/${answer.createApp.id}?create=true`);
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.missing.length === 0 && !create.running) void submit();
      }}
    >
      <Field
        label="Name"
        required
        error={form.errorOf('name')}
        help="For example “support-bot”. Cannot be changed later."
      >
        {(control) => <Input {...control} autoFocus {...form.text('name')} />}
      </Field>
      <Field
        label="Environment"
        required
        error={form.errorOf('environment')}
        help="Decides which providers are open to it."
      >
        {(control) => (
          <Select
            id={control.id}
            aria-describedby={control['aria-describedby']}
            aria-invalid={control['aria-invalid']}
            className="w-full"
            value={form.values.environment}
            onChange={(environment) => form.set('environment', environment)}
            options={environments.map((name) => ({ value: name, label: name }))}
          />
        )}
      </Field>
      <FormFooter
        submitLabel="Create app"
        missing={form.missing}
        running={create.running}
        problem={create.problem}
        onCancel={onClose}
      />
    </form>
  );
}

'use client';
import { useCallback, useEffect } from 'react';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { SecretInput } from '@/components/ui/secret-input';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { CREATE_SECRET } from './queries';
import { type SecretValues, secretComplaints } from './secret-form';
import { sentSecretValue } from './secret-value';

interface CreateSecretDialogProps {
  open: boolean;
  onClose: () => void;
  takenIds: readonly string[];
}

export function CreateSecretDialog({ open, onClose, takenIds }: CreateSecretDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Create secret"
      description="Encrypted when saved. It is sent only to the upstreams of the providers that use it."
    >
      {open && <CreateSecretForm takenIds={takenIds} onClose={onClose} />}
    </Dialog>
  );
}

const REQUIRED = () => ({ secretId: 'id', value: 'value' });

function CreateSecretForm({ takenIds, onClose }: Omit<CreateSecretDialogProps, 'open'>) {
  const validate = useCallback((values: SecretValues) => secretComplaints(values, takenIds), [takenIds]);
  const form = useForm<SecretValues>({ initial: { secretId: '', value: '' }, required: REQUIRED, validate });
  const create = useAction(CREATE_SECRET);
  const { refuse } = form;
  useEffect(() => {
    if (create.problem) refuse(create.problem.fields);
  }, [create.problem, refuse]);

  const submit = async () => {
    const input = { secretId: form.values.secretId, value: sentSecretValue(form.values.value) };
    if (!(await create.run({ input }, { additionalTypenames: ['Secret'] }))) return;
    toast(`${input.secretId} stored`);
    onClose();
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
        label="Id"
        required
        error={form.errorOf('secretId')}
        help="For example OPENAI_API_KEY. Providers refer to it by this; it cannot be changed."
      >
        {(control) => <Input {...control} mono autoFocus {...form.text('secretId')} />}
      </Field>
      <Field
        label="Value"
        required
        error={form.errorOf('value')}
        help="A key, or the whole of a JSON key file. Afterwards only its last four characters are shown."
      >
        {(control) => <SecretInput {...control} {...form.text('value')} />}
      </Field>
      <FormFooter
        submitLabel="Create secret"
        missing={form.missing}
        running={create.running}
        problem={create.problem}
        onCancel={onClose}
      />
    </form>
  );
}

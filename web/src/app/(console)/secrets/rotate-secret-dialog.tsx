'use client';
import { useCallback, useEffect } from 'react';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { SecretInput } from '@/components/ui/secret-input';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { ROTATE_SECRET } from './queries';
import { secretValueProblem, sentSecretValue } from './secret-value';

interface Rotated {
  readonly secretId: string;
  readonly lastFour: string;
  readonly version: number;
  readonly usedBy: readonly string[];
}

interface RotateSecretDialogProps {
  /** null = closed. */
  secret: Rotated | null;
  onClose: () => void;
}

export function RotateSecretDialog({ secret, onClose }: RotateSecretDialogProps) {
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate ${secret?.secretId ?? ''}`}
      description={
        secret && secret.usedBy.length > 0
          ? `New calls of ${secret.usedBy.join(', ')} use the new value within two seconds; calls under way keep the old one.`
          : 'The old value is overwritten and cannot be brought back.'
      }
    >
      {secret && <RotateForm secret={secret} onClose={onClose} />}
    </Dialog>
  );
}

const REQUIRED = () => ({ value: 'new value' });

function RotateForm({ secret, onClose }: { secret: Rotated; onClose: () => void }) {
  const validate = useCallback(({ value }: { value: string }) => ({ value: secretValueProblem(value) }), []);
  const form = useForm({ initial: { value: '' }, required: REQUIRED, validate });
  const rotate = useAction(ROTATE_SECRET);
  const { refuse } = form;
  useEffect(() => {
    if (rotate.problem) refuse(rotate.problem.fields);
  }, [rotate.problem, refuse]);

  const submit = async () => {
    const input = { secretId: secret.secretId, value: sentSecretValue(form.values.value) };
    const answer = await rotate.run({ input }, { additionalTypenames: ['Secret'] });
    if (!answer) return;
    toast(
      `${secret.secretId} rotated`,
      `Now version ${answer.rotateSecret.version}, ends in ${answer.rotateSecret.lastFour}`,
    );
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        // Also opened from inside the provider form, which this is not a part of.
        event.stopPropagation();
        if (form.missing.length === 0 && !rotate.running) void submit();
      }}
    >
      <Field
        label="New value"
        required
        error={form.errorOf('value')}
        help={`Version ${secret.version + 1}. The value now stored ends in ${secret.lastFour}.`}
      >
        {(control) => <SecretInput {...control} autoFocus {...form.text('value')} />}
      </Field>
      <FormFooter
        submitLabel="Rotate secret"
        missing={form.missing}
        running={rotate.running}
        problem={rotate.problem}
        onCancel={onClose}
      />
    </form>
  );
}

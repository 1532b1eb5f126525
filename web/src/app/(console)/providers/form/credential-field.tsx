'use client';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { SecretInput } from '@/components/ui/secret-input';
import { Segments } from '@/components/ui/segments';
import { originToConfirm } from './problems';
import type { ProviderForm } from './use-provider-form';
import { type CredentialMode, isCredentialRequired } from './values';

const MODE_LABELS: Record<CredentialMode, string> = { existing: 'Existing', new: 'New', none: 'None' };

export function CredentialField({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const required = isCredentialRequired(values, context);
  const modes: CredentialMode[] = required ? ['existing', 'new'] : ['existing', 'new', 'none'];
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Secret"
        group
        required={required}
        error={values.credential === 'none' ? form.complaintOf('secretId') : null}
      >
        {() => (
          <Segments
            label="Secret"
            value={values.credential}
            onChange={(credential) => form.set({ credential, secretValue: '' })}
            options={modes.map((value) => ({ value, label: MODE_LABELS[value] }))}
          />
        )}
      </Field>
      {values.credential === 'existing' && <ExistingSecret form={form} />}
      {values.credential === 'new' && <NewSecret form={form} />}
      {values.credential === 'none' && !required && (
        <p className="text-table text-ink-3">Calls go to the upstream without a key.</p>
      )}
    </div>
  );
}

function ExistingSecret({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const origin = originToConfirm(values, context);
  return (
    <>
      <Field
        label="Secret id"
        required
        error={form.complaintOf('secretId')}
        help={context.secrets.length === 0 ? 'No secret is stored yet. Choose New and paste the key.' : undefined}
      >
        {(control) => (
          <Combobox
            id={control.id}
            aria-describedby={control['aria-describedby']}
            aria-invalid={control['aria-invalid']}
            mono
            disabled={context.secrets.length === 0}
            placeholder="Choose a secret"
            emptyText="No secret fits."
            value={values.existingSecretId || null}
            onChange={(secretId) => form.set({ existingSecretId: secretId ?? '', secretValue: '' })}
            onBlur={() => form.leave('secretId')}
            options={context.secrets.map((secret) => ({
              value: secret.secretId,
              label: secret.secretId,
              hint: `ends in ${secret.lastFour}`,
            }))}
          />
        )}
      </Field>
      {origin && (
        <Field
          label="Upstream key, once more"
          required
          error={form.complaintOf('secretValue')}
          help={`${values.existingSecretId} has not been sent to ${origin} before. Paste its value to allow that.`}
        >
          {(control) => (
            <SecretInput
              {...control}
              value={values.secretValue}
              onChange={(event) => form.set({ secretValue: event.target.value })}
              onBlur={() => form.leave('secretValue')}
            />
          )}
        </Field>
      )}
    </>
  );
}

function NewSecret({ form }: { form: ProviderForm }) {
  const { values } = form;
  return (
    <>
      <Field
        label="Upstream key"
        required
        error={form.complaintOf('secretValue')}
        help="Paste it here. It is encrypted when saved and never shown again, only its last four characters."
      >
        {(control) => (
          <SecretInput
            {...control}
            value={values.secretValue}
            onChange={(event) => form.set({ secretValue: event.target.value })}
            onBlur={() => form.leave('secretValue')}
          />
        )}
      </Field>
      <Field
        label="Secret id"
        required
        error={form.complaintOf('secretId')}
        help="The name everything else refers to it by. Capital letters, digits and underscores."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={values.newSecretId}
            onChange={(event) => form.set({ newSecretId: event.target.value })}
            onBlur={() => form.leave('secretId')}
          />
        )}
      </Field>
    </>
  );
}

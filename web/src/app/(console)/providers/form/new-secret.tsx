'use client';
import { Input } from '@/components/ui/input';
import { SecretInput } from '@/components/ui/secret-input';
import { isDocument } from '../../secrets/secret-value';
import { FormField } from './form-field';
import { KeyFileInput } from './key-file-input';
import type { SecretField } from './provider-type';
import { slotOf } from './slots';
import type { ProviderForm } from './use-provider-form';

/** A value pasted now, and the id it will be stored under. */
export function NewSecret({ form, secret }: { form: ProviderForm; secret: SecretField }) {
  const { slot, help } = secret;
  const { secretValue, newSecretId } = slotOf(form.values, slot);
  const [valueField, idField] = [`credentials.${slot}.value`, `credentials.${slot}.id`] as const;
  const set = (value: string) => form.setSlot(slot, { secretValue: value });
  const leave = () => form.leave(valueField);
  const isFile = isDocument(slot);
  return (
    <div className={isFile ? 'grid gap-4' : 'grid gap-4 sm:grid-cols-2'}>
      <FormField
        form={form}
        field={valueField}
        label={<span className="font-normal text-ink-2">{isFile ? 'Key file' : 'Value'}</span>}
        help={`${help} Encrypted when saved, never shown again.`}
      >
        {(control) =>
          isFile ? (
            <KeyFileInput {...control} aria-required value={secretValue} onValue={set} onBlur={leave} />
          ) : (
            <SecretInput
              {...control}
              aria-required={secret.required}
              value={secretValue}
              onChange={(event) => set(event.target.value)}
              onBlur={leave}
            />
          )
        }
      </FormField>
      <FormField
        form={form}
        field={idField}
        label={<span className="font-normal text-ink-2">Secret id</span>}
        help="What it is stored as; other providers can use it by this id."
      >
        {(control) => (
          <Input
            {...control}
            aria-required
            mono
            value={newSecretId}
            onChange={(event) => form.setSlot(slot, { newSecretId: event.target.value })}
            onBlur={() => form.leave(idField)}
          />
        )}
      </FormField>
    </div>
  );
}

'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { RelativeTime } from '@/components/ui/relative-time';
import { SecretInput } from '@/components/ui/secret-input';
import { RotateSecretDialog } from '../../secrets/rotate-secret-dialog';
import { FormField } from './form-field';
import type { SecretField } from './provider-type';
import { slotOf, storedSecret, whyConfirm } from './slots';
import type { ProviderForm } from './use-provider-form';
import type { SecretOption } from './values';

export function ExistingSecret({ form, secret }: { form: ProviderForm; secret: SecretField }) {
  const { values, context } = form;
  const { slot, label } = secret;
  const current = slotOf(values, slot);
  const reason = whyConfirm(values, slot, context);
  const stored = storedSecret(current, context);
  const [field, valueField] = [`credentials.${slot}`, `credentials.${slot}.value`] as const;
  return (
    <>
      <FormField
        form={form}
        field={field}
        label={<span className="sr-only">{label}: secret id</span>}
        help={
          context.secrets.length === 0
            ? 'No secret is stored yet. Choose New and paste it.'
            : stored && <StoredFacts secret={stored} />
        }
      >
        {({ 'aria-required': _, ...control }) => (
          <Combobox
            {...control}
            mono
            disabled={context.secrets.length === 0}
            placeholder="Choose a secret"
            emptyText="No secret fits."
            value={current.existingSecretId || null}
            onChange={(secretId) => form.setSlot(slot, { existingSecretId: secretId ?? '' })}
            onBlur={() => form.leave(field)}
            options={context.secrets.map((option) => ({
              value: option.secretId,
              label: option.secretId,
              hint: `ends in ${option.lastFour}${option.usedBy.length > 0 ? `, used by ${option.usedBy.join(', ')}` : ', not used yet'}`,
            }))}
          />
        )}
      </FormField>
      {reason && (
        <FormField form={form} field={valueField} label={`${label}, once more`} required help={reason}>
          {(control) => (
            <SecretInput
              {...control}
              value={current.secretValue}
              onChange={(event) => form.setSlot(slot, { secretValue: event.target.value })}
              onBlur={() => form.leave(valueField)}
            />
          )}
        </FormField>
      )}
    </>
  );
}

/** What is known of a stored value without showing it, and the way to replace it under the same id. */
function StoredFacts({ secret }: { secret: SecretOption }) {
  const [isRotating, setRotating] = useState(false);
  const mayRotate = useCan('secret.write');
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        Version {secret.version}, ends in <span className="font-mono">{secret.lastFour}</span>, set{' '}
        <RelativeTime at={secret.rotatedAt} />
      </span>
      {mayRotate && (
        <Button size="sm" variant="ghost" icon={<RefreshCw aria-hidden />} onClick={() => setRotating(true)}>
          Rotate value
        </Button>
      )}
      <RotateSecretDialog secret={isRotating ? secret : null} onClose={() => setRotating(false)} />
    </span>
  );
}

'use client';
import { type ReactNode, useId } from 'react';
import { Segments } from '@/components/ui/segments';
import { ExistingSecret } from './existing-secret';
import { NewSecret } from './new-secret';
import type { SecretField } from './provider-type';
import { type SlotMode, slotOf } from './slots';
import type { ProviderForm } from './use-provider-form';

const MODE_LABELS: Record<SlotMode, string> = { existing: 'Existing', new: 'New', none: 'None' };

/** One secret of a credential: a stored one, one typed in now, or, where it is optional, none. */
export function SlotField({ form, secret }: { form: ProviderForm; secret: SecretField }) {
  const id = useId();
  const { mode } = slotOf(form.values, secret.slot);
  const modes: SlotMode[] = secret.required ? ['existing', 'new'] : ['none', 'existing', 'new'];
  const bodies: Record<SlotMode, ReactNode> = {
    existing: <ExistingSecret form={form} secret={secret} />,
    new: <NewSecret form={form} secret={secret} />,
    none: <p className="text-table text-ink-3">{secret.help}</p>,
  };
  return (
    <fieldset aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span id={id} className="font-medium">
          {secret.label}
          {secret.required ? (
            <span aria-hidden className="ml-0.5 text-red">
              *
            </span>
          ) : (
            <span className="ml-1.5 font-normal text-ink-3">optional</span>
          )}
        </span>
        <Segments
          label={`Where the ${secret.label} comes from`}
          value={mode}
          onChange={(next) => form.setSlot(secret.slot, { mode: next })}
          options={modes.map((value) => ({ value, label: MODE_LABELS[value] }))}
        />
      </div>
      {bodies[mode]}
    </fieldset>
  );
}

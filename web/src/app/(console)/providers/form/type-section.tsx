'use client';
import { Field } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import { TypeMark } from '../type-mark';
import { FormSection } from './form-section';
import type { ProviderForm } from './use-provider-form';

export function TypeSection({ form }: { form: ProviderForm }) {
  return (
    <FormSection title="Provider type" description="Which API the upstream speaks. Cannot be changed later.">
      <Field label={<span className="sr-only">Provider type</span>} group error={form.complaintOf('type')}>
        {() => (
          <RadioCards
            label="Provider type"
            value={form.values.type || null}
            onChange={(type) => form.set({ type })}
            columns={form.context.types.length > 2 ? 3 : 2}
            options={form.context.types.map((option) => ({
              value: option.type,
              label: option.label,
              description: option.summary,
              icon: <TypeMark type={option.type} className="size-5 text-[10px]" />,
            }))}
          />
        )}
      </Field>
    </FormSection>
  );
}

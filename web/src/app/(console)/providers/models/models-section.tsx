'use client';
import { Field } from '@/components/ui/field';
import { FormSection } from '../form/form-section';
import type { ProviderForm } from '../form/use-provider-form';
import { ModelPicker } from './picker/model-picker';
import { useCatalog } from './use-catalog';

interface ModelsSectionProps {
  form: ProviderForm;
  /** What the upstream listed when the connection was tested; null = it was not asked. */
  discovered?: readonly string[] | null;
}

export function ModelsSection({ form, discovered = null }: ModelsSectionProps) {
  const { models, type, settings } = form.values;
  const catalog = useCatalog(type);
  if (type === '') return null;
  return (
    <FormSection title="Models" description="Published models with their prices. Any other id can be typed or pasted.">
      <Field label="Models apps may call" group error={form.complaintOf('models')}>
        {(control) => (
          <ModelPicker
            key={type}
            models={catalog.models}
            loading={catalog.loading}
            value={models}
            onChange={(next) => form.set({ models: next })}
            onBlur={() => form.leave('models')}
            discovered={discovered}
            region={settings.region ?? null}
            aria-describedby={control['aria-describedby']}
            aria-invalid={control['aria-invalid']}
          />
        )}
      </Field>
    </FormSection>
  );
}

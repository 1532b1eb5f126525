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
    <FormSection
      title="Models"
      description="Apps may call only these. While none is chosen, every model the upstream offers may be called."
    >
      <Field label="Models" group error={form.complaintOf('models')}>
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

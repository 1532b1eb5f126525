'use client';
import { Checkbox } from '@/components/ui/checkbox';
import { FormField } from './form-field';
import { FormSection } from './form-section';
import type { ProviderForm } from './use-provider-form';

export function EnvironmentsSection({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const toggle = (name: string, chosen: boolean) =>
    form.set({
      environments: context.environments.filter((entry) =>
        entry === name ? chosen : values.environments.includes(entry),
      ),
    });
  return (
    <FormSection
      title="Environments"
      description="Apps of other environments are refused by name. All chosen includes ones added later."
    >
      <FormField form={form} field="environments" label={<span className="sr-only">Environments</span>} group>
        {() => (
          <fieldset className="flex flex-wrap gap-x-6 gap-y-2" onBlur={() => form.leave('environments')}>
            <legend className="sr-only">Environments</legend>
            {context.environments.map((name) => (
              <Checkbox
                key={name}
                label={name}
                checked={values.environments.includes(name)}
                onChange={(chosen) => toggle(name, chosen)}
              />
            ))}
          </fieldset>
        )}
      </FormField>
    </FormSection>
  );
}

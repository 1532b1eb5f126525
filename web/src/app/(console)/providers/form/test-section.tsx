'use client';
import { ConnectionTestPanel } from '../connection-test/panel';
import { useCatalog } from '../models/use-catalog';
import { FormSection } from './form-section';
import { draftInput } from './input';
import { neededForTest } from './needed';
import type { ProviderForm } from './use-provider-form';

/** One real call with what is in the form, before anything is saved. */
export function TestSection({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const catalog = useCatalog(values.type);
  return (
    <FormSection
      title="Test connection"
      description="One small real call with these settings, before anything is saved. It is not counted as an app’s call."
    >
      <ConnectionTestPanel
        target={{ draft: draftInput(values, context) }}
        models={values.models.length > 0 ? values.models : catalog.models.map(({ id }) => id)}
        needed={neededForTest(form.needed).map(({ label }) => label)}
        onRefused={form.refuse}
        chosen={values.models}
        onChoose={(models) => form.set({ models })}
      />
    </FormSection>
  );
}

'use client';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { FormField } from '../form/form-field';
import type { ProviderForm } from '../form/use-provider-form';

/** Built-in detectors, each with what it finds. */
export function DetectorChoice({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const choose = (name: string, chosen: boolean) =>
    form.set({
      redactDetectors: context.detectors
        .map((detector) => detector.name)
        .filter((entry) => (entry === name ? chosen : values.redactDetectors.includes(entry))),
    });
  const isEvery = values.redactDetectors.length === context.detectors.length;
  return (
    <FormField
      form={form}
      field="recording.redactDetectors"
      label="Clear before anything is kept"
      help="What is found is replaced by its name. Where a rule cannot be applied, nothing of the body is kept."
      group
    >
      {() => (
        <fieldset>
          <legend className="sr-only">Clear before anything is kept</legend>
          <Button
            size="sm"
            className="mb-3"
            onClick={() =>
              form.set({ redactDetectors: isEvery ? [] : context.detectors.map((detector) => detector.name) })
            }
          >
            {isEvery ? 'Check none' : 'Check all'}
          </Button>
          <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
            {context.detectors.map(({ name, label, finds }) => (
              <Checkbox
                key={name}
                label={label}
                description={finds}
                checked={values.redactDetectors.includes(name)}
                onChange={(chosen) => choose(name, chosen)}
              />
            ))}
          </div>
        </fieldset>
      )}
    </FormField>
  );
}

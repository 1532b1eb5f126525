'use client';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FormSection } from './form-section';
import type { ProviderForm } from './use-provider-form';

interface IdentitySectionProps {
  form: ProviderForm;
  /** What the proxy URL begins with; the name follows. */
  proxyUrlPrefix: string;
}

export function IdentitySection({ form, proxyUrlPrefix }: IdentitySectionProps) {
  const { values } = form;
  return (
    <FormSection title="Identity">
      <DisplayNameField form={form} />
      <Field
        label="Name"
        required
        error={form.complaintOf('name')}
        help="Part of the proxy URL. Made from the display name; cannot be changed later."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={values.name}
            maxLength={80}
            onChange={(event) => form.set({ name: event.target.value })}
            onBlur={() => form.leave('name')}
          />
        )}
      </Field>
      <div>
        <div className="text-table text-ink-3">Apps will point at</div>
        <output aria-live="off" className="mt-1 block font-mono text-table break-all text-ink-2">
          {proxyUrlPrefix}
          <span className={values.name ? 'font-medium text-ink' : 'text-ink-3'}>{values.name || 'name'}</span>
        </output>
      </div>
    </FormSection>
  );
}

export function DisplayNameField({ form }: { form: ProviderForm }) {
  return (
    <Field
      label="Display name"
      required
      error={form.complaintOf('displayName')}
      help="What people see in lists and charts, for example “OpenAI production”."
    >
      {(control) => (
        <Input
          {...control}
          value={form.values.displayName}
          onChange={(event) => form.set({ displayName: event.target.value })}
          onBlur={() => form.leave('displayName')}
        />
      )}
    </Field>
  );
}

'use client';
import { Input } from '@/components/ui/input';
import { FormField } from './form-field';
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
      <div className="grid gap-5 sm:grid-cols-2">
        <DisplayNameField form={form} />
        <FormField
          form={form}
          field="name"
          label="Name"
          required
          help="Part of the proxy URL. Follows the display name; cannot be changed later."
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
        </FormField>
      </div>
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
    <FormField
      form={form}
      field="displayName"
      label="Display name"
      required
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
    </FormField>
  );
}

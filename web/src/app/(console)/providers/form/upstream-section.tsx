'use client';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import { isUnencrypted } from './base-url';
import { CredentialField } from './credential-field';
import { FormSection } from './form-section';
import type { ProviderForm } from './use-provider-form';
import { typeOf } from './values';

/** Where calls go and what they are signed with. Shown once a type is chosen. */
export function UpstreamSection({ form }: { form: ProviderForm }) {
  const type = typeOf(form.values, form.context);
  if (!type) return null;
  return (
    <FormSection title="Upstream" description="The key stays with the gateway; apps never see it.">
      <BaseUrlField form={form} />
      {type.supportsPassthrough && (
        <Switch
          checked={form.values.passthrough}
          onChange={(passthrough) => form.set({ passthrough })}
          label="Authorization passthrough"
          description="Every app sends its own upstream authorization, which is forwarded unchanged. The gateway holds no key; apps present their token in x-weir-authorization."
        />
      )}
      {!form.values.passthrough && <CredentialField form={form} />}
    </FormSection>
  );
}

function BaseUrlField({ form }: { form: ProviderForm }) {
  const { values } = form;
  const defaultBaseUrl = typeOf(values, form.context)?.defaultBaseUrl ?? null;
  const help = isUnencrypted(values.baseUrl)
    ? 'Plain http sends keys and prompts unencrypted. Only hosts the operator has listed are accepted.'
    : defaultBaseUrl === null
      ? 'Where the upstream’s API begins, usually ending in /v1.'
      : 'Leave empty for the standard address.';
  return (
    <Field label="Base URL" required={defaultBaseUrl === null} error={form.complaintOf('baseUrl')} help={help}>
      {(control) => (
        <Input
          {...control}
          mono
          type="url"
          inputMode="url"
          value={values.baseUrl}
          placeholder={defaultBaseUrl ?? 'https://llm.example.com/v1'}
          onChange={(event) => form.set({ baseUrl: event.target.value })}
          onBlur={() => form.leave('baseUrl')}
        />
      )}
    </Field>
  );
}

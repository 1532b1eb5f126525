'use client';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { isUnencrypted, standardBaseUrl } from './base-url';
import { FormField } from './form-field';
import { FormSection } from './form-section';
import { type ProviderTypeOption, typeOf } from './provider-type';
import { SettingInput } from './setting-field';
import type { ProviderForm } from './use-provider-form';

/** Where calls go. Shown once a type is chosen. */
export function ConnectionSection({ form }: { form: ProviderForm }) {
  const type = typeOf(form.values, form.context);
  if (!type) return null;
  return (
    <FormSection title="Connection" description="Where calls go.">
      {type.settings.length > 0 && (
        <div className="grid gap-5 sm:grid-cols-2">
          {type.settings.map((setting) => (
            <SettingInput key={setting.name} form={form} setting={setting} />
          ))}
        </div>
      )}
      <BaseUrlField form={form} type={type} />
    </FormSection>
  );
}

/** Shows the standard address, with the settings put in, until another is typed. */
function BaseUrlField({ form, type }: { form: ProviderForm; type: ProviderTypeOption }) {
  const { values } = form;
  const standard = standardBaseUrl(type, values.settings);
  const hasStandard = type.baseUrlTemplate !== null || type.defaultBaseUrl !== null;
  const isOwn = values.baseUrl !== '' && values.baseUrl !== standard;
  const help = isUnencrypted(values.baseUrl)
    ? 'Plain http sends keys and prompts unencrypted. Only hosts the operator has listed are accepted.'
    : !hasStandard
      ? (type.baseUrlHelp ?? 'Where the upstream’s API begins, usually ending in /v1.')
      : isOwn
        ? `In place of the standard address${standard ? `, ${standard}` : ''}.`
        : standard === null
          ? 'Follows from the settings above. Type another for a private endpoint, a gateway or a test server.'
          : 'The standard address. Change it for a private endpoint, a gateway or a test server.';
  return (
    <FormField form={form} field="baseUrl" label="Base URL" required={!hasStandard} help={help}>
      {(control) => (
        <span className="flex gap-2">
          <Input
            {...control}
            mono
            type="url"
            inputMode="url"
            value={values.baseUrl || (standard ?? '')}
            placeholder={type.baseUrlTemplate ?? type.baseUrlExample ?? 'https://llm.example.com/v1'}
            onChange={(event) => form.set({ baseUrl: event.target.value === standard ? '' : event.target.value })}
            onBlur={() => form.leave('baseUrl')}
          />
          {isOwn && hasStandard && (
            <Button variant="ghost" onClick={() => form.set({ baseUrl: '' })}>
              Use standard
            </Button>
          )}
        </span>
      )}
    </FormField>
  );
}

'use client';
import { RadioCards } from '@/components/ui/radio-cards';
import { Switch } from '@/components/ui/switch';
import { FormField } from './form-field';
import { FormSection } from './form-section';
import { type CredentialForm, credentialFormOf, type ProviderTypeOption, typeOf } from './provider-type';
import { SettingInput } from './setting-field';
import { SlotField } from './slot-field';
import type { ProviderForm } from './use-provider-form';

/** How the upstream is told who calls. Shown once a type is chosen. */
export function CredentialSection({ form }: { form: ProviderForm }) {
  const type = typeOf(form.values, form.context);
  if (!type) return null;
  const credential = credentialFormOf(form.values, form.context);
  return (
    <FormSection title="Credential" description="It stays with the gateway; apps never see it.">
      {type.supportsPassthrough && (
        <div data-field="passthrough">
          <Switch
            checked={form.values.passthrough}
            onChange={(passthrough) => form.set({ passthrough })}
            label="Authorization passthrough"
            description="Every app sends its own upstream authorization, which is forwarded unchanged. The gateway holds no key; apps present their token in x-weir-authorization. Calls are metered all the same."
          />
        </div>
      )}
      {credential && type.credentialForms.length > 1 && <KindField form={form} type={type} />}
      {credential && <CredentialFields key={credential.kind} form={form} credential={credential} />}
    </FormSection>
  );
}

function KindField({ form, type }: { form: ProviderForm; type: ProviderTypeOption }) {
  return (
    <FormField form={form} field="credentialKind" label="Authenticate with" group>
      {() => (
        <RadioCards
          label="Authenticate with"
          columns={type.credentialForms.length === 3 ? 3 : 2}
          value={form.values.credentialKind}
          onChange={(credentialKind) => form.set({ credentialKind })}
          options={type.credentialForms.map(({ kind, label, summary }) => ({
            value: kind,
            label,
            description: summary,
          }))}
        />
      )}
    </FormField>
  );
}

function CredentialFields({ form, credential }: { form: ProviderForm; credential: CredentialForm }) {
  const { secrets, settings } = credential;
  if (secrets.length === 0 && settings.length === 0) {
    return <p className="text-table text-ink-3">Nothing more to enter.</p>;
  }
  return (
    <>
      {settings.length > 0 && (
        <div className="grid gap-5 sm:grid-cols-2">
          {settings.map((setting) => (
            <SettingInput key={setting.name} form={form} setting={setting} />
          ))}
        </div>
      )}
      {secrets.map((secret) => (
        <SlotField key={secret.slot} form={form} secret={secret} />
      ))}
    </>
  );
}

'use client';
import { Combobox } from '@/components/ui/combobox';
import { Input } from '@/components/ui/input';
import { FormField } from './form-field';
import type { SettingField } from './provider-type';
import type { ProviderForm } from './use-provider-form';

/** One setting: found among those that are known, or typed. */
export function SettingInput({ form, setting }: { form: ProviderForm; setting: SettingField }) {
  const field = `settings.${setting.name}` as const;
  const value = form.values.settings[setting.name] ?? '';
  const set = (text: string) => form.setSetting(setting.name, text);
  const leave = () => form.leave(field);
  const options = setting.options.map((option) => ({ value: option, label: option }));
  return (
    <FormField form={form} field={field} label={setting.label} required={setting.required} help={setting.help}>
      {({ 'aria-required': _, ...control }) =>
        options.length > 0 ? (
          <Combobox
            {...control}
            mono
            allowCustom
            value={value || null}
            placeholder={setting.placeholder || 'Choose or type'}
            emptyText="Type it as the upstream spells it."
            onChange={(next) => set(next ?? '')}
            onBlur={leave}
            options={options}
          />
        ) : (
          <Input
            {...control}
            aria-required={setting.required || undefined}
            mono
            value={value}
            placeholder={setting.placeholder}
            onChange={(event) => set(event.target.value)}
            onBlur={leave}
          />
        )
      }
    </FormField>
  );
}

import { type ProviderSettings, providerSettings, type SettingName } from '@weir/contracts';
import type { CredentialForm, ProviderTypeDefinition, SettingField } from '@weir/providers';
import { InputError } from '../../platform/errors.js';

const MAX_CHARACTERS = 2048;
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;

/** Settings as a row holds them; what no longer reads as settings counts as none. */
export function storedSettings(stored: unknown): ProviderSettings {
  const parsed = providerSettings.safeParse(stored);
  return parsed.success ? parsed.data : {};
}

/** Fields that a provider of this type asks for with this credential. */
export function settingFieldsOf(definition: ProviderTypeDefinition, form: CredentialForm | null): SettingField[] {
  const fields = [...definition.settings, ...(form?.settings ?? [])];
  return fields.filter(({ name }, index) => fields.findIndex((field) => field.name === name) === index);
}

/** The part of `settings` that these fields ask for. */
export function keptSettings(fields: readonly SettingField[], settings: ProviderSettings): ProviderSettings {
  return Object.fromEntries(
    fields.flatMap(({ name }) => (settings[name] === undefined ? [] : [[name, settings[name]]])),
  );
}

/** @throws InputError on `settings.<name>`, saying what belongs there */
export function parseSettings(
  fields: readonly SettingField[],
  given: ReadonlyArray<{ readonly name: string; readonly value?: string | null }>,
): ProviderSettings {
  const odd = given.find(({ name }) => !fields.some((field) => field.name === name));
  if (odd) {
    const known = fields.map(({ name }) => name).join(', ');
    throw new InputError(
      'SETTING_UNKNOWN',
      `There is no setting of this name here. ${known === '' ? 'Leave the settings out.' : `Known are ${known}.`}`,
      `settings.${odd.name.slice(0, 60)}`,
    );
  }
  const settings: Partial<Record<SettingName, string>> = {};
  for (const field of fields) {
    const value = given.findLast(({ name }) => name === field.name)?.value?.trim() ?? '';
    if (value !== '') settings[field.name] = checked(field, value);
    else if (field.required) {
      throw new InputError('SETTING_REQUIRED', `Enter the ${label(field)}. ${field.help}`, `settings.${field.name}`);
    }
  }
  return settings;
}

function checked(field: SettingField, value: string): string {
  const isLine = value.length <= MAX_CHARACTERS && LINE.test(value);
  const isOffered = field.options.includes(value);
  // Options alone are all there is; with a pattern they are examples of what it lets through.
  const fits = field.pattern
    ? new RegExp(`^(?:${field.pattern.source})$`, field.pattern.flags.replace(/[gy]/g, '')).test(value)
    : field.options.length === 0;
  if (isLine && (isOffered || fits)) return value;
  const remedy = field.options.length > 0 ? `Choose from ${field.options.slice(0, 8).join(', ')}.` : exampleOf(field);
  throw new InputError(
    'SETTING_INVALID',
    `This is not a valid ${label(field)}. ${remedy} ${field.help}`.replace(/ +/g, ' ').trim(),
    `settings.${field.name}`,
  );
}

const label = (field: SettingField) => field.label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
const exampleOf = ({ placeholder }: SettingField) => (placeholder === '' ? '' : `It looks like ${placeholder}.`);

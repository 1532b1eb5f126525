import { sentSecretValue } from '../../secrets/secret-value';
import { recordingInput } from '../recording/settings';
import { credentialFormOf, type SecretField, secretFields, settingFields } from './provider-type';
import { slotOf } from './slots';
import { usageRules } from './usage-rules';
import type { FormContext, ProviderValues } from './values';

interface CredentialInput {
  readonly slot: string;
  readonly secretId: string;
  readonly secretValue?: string;
}

/** Which secret each slot holds; a slot left out holds none. */
export function credentialInputs(values: ProviderValues, context: FormContext): CredentialInput[] {
  return secretFields(values, context).flatMap(({ slot }: SecretField) => {
    const { mode, existingSecretId, newSecretId, secretValue } = slotOf(values, slot);
    const secretId = mode === 'new' ? newSecretId : mode === 'existing' ? existingSecretId : '';
    const value = sentSecretValue(secretValue, slot);
    return secretId === '' ? [] : [{ slot, secretId, ...(value === '' ? {} : { secretValue: value }) }];
  });
}

/** The settings that type and credential ask for, as far as they are filled in. */
export function settingInputs(values: ProviderValues, context: FormContext): { name: string; value: string }[] {
  return settingFields(values, context).flatMap(({ name }) => {
    const value = values.settings[name]?.trim() ?? '';
    return value === '' ? [] : [{ name, value }];
  });
}

/** All environments chosen is stored as an empty list, so that one added later is included. */
export function environmentsInput(values: ProviderValues, context: FormContext): string[] {
  const chosen = context.environments.filter((name) => values.environments.includes(name));
  return chosen.length === context.environments.length ? [] : chosen;
}

/** Settings for a connection test before anything is saved. */
export function draftInput(values: ProviderValues, context: FormContext) {
  const baseUrl = values.baseUrl.trim();
  const kind = credentialFormOf(values, context)?.kind;
  return {
    type: values.type,
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...(kind === undefined ? {} : { credentialKind: kind }),
    credentials: credentialInputs(values, context),
    settings: settingInputs(values, context),
    passthrough: values.passthrough,
  };
}

export function createInput(values: ProviderValues, context: FormContext) {
  return {
    ...draftInput(values, context),
    name: values.name,
    displayName: values.displayName.trim(),
    models: [...values.models],
    environments: environmentsInput(values, context),
    ...usageRules(values, context),
    ...recordingInput(values),
  };
}

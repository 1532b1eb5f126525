import type { FormContext, ProviderValues } from './values';

interface CredentialInput {
  secretId?: string;
  secretValue?: string;
}

/** No `secretId` at all means: no credential. */
function credentialInput(values: ProviderValues): CredentialInput {
  const value = values.secretValue.trim();
  if (values.credential === 'new') return { secretId: values.newSecretId, secretValue: value };
  if (values.credential === 'existing') {
    return { secretId: values.existingSecretId, ...(value === '' ? {} : { secretValue: value }) };
  }
  return {};
}

/** All environments chosen is stored as an empty list, so that one added later is included. */
export function environmentsInput(values: ProviderValues, context: FormContext): string[] {
  const chosen = context.environments.filter((name) => values.environments.includes(name));
  return chosen.length === context.environments.length ? [] : chosen;
}

export function createInput(values: ProviderValues, context: FormContext) {
  const baseUrl = values.baseUrl.trim();
  return {
    name: values.name,
    displayName: values.displayName.trim(),
    type: values.type,
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...credentialInput(values),
    passthrough: values.passthrough,
    models: [...values.models],
    environments: environmentsInput(values, context),
  };
}

/** Settings for a connection test before anything is saved. */
export function draftInput(values: ProviderValues) {
  const baseUrl = values.baseUrl.trim();
  return {
    type: values.type,
    ...(baseUrl === '' ? {} : { baseUrl }),
    ...credentialInput(values),
    passthrough: values.passthrough,
  };
}

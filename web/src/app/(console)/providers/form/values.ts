import { freeSecretId } from '../../secrets/secret-id';
import { nameFromDisplayName } from './name';

/** Where the upstream key comes from: a stored secret, one typed in now, or none at all. */
export type CredentialMode = 'existing' | 'new' | 'none';

export interface ProviderValues {
  readonly displayName: string;
  readonly name: string;
  /** True once the person typed a name; it then no longer follows the display name. */
  readonly nameEdited: boolean;
  readonly type: string;
  readonly credential: CredentialMode;
  readonly existingSecretId: string;
  readonly newSecretId: string;
  readonly newSecretIdEdited: boolean;
  /** Lives only in this form; sent once, over the same origin, and never read back. */
  readonly secretValue: string;
  readonly passthrough: boolean;
  readonly baseUrl: string;
  readonly models: readonly string[];
  readonly environments: readonly string[];
}

export interface ProviderTypeOption {
  readonly type: string;
  readonly label: string;
  readonly summary: string;
  readonly defaultBaseUrl: string | null;
  readonly credentialRequired: boolean;
  readonly suggestedSecretId: string;
  readonly supportsPassthrough: boolean;
}

export interface SecretOption {
  readonly secretId: string;
  readonly lastFour: string;
  readonly boundOrigins: readonly string[];
}

/** What the form is filled in against. */
export interface FormContext {
  readonly types: readonly ProviderTypeOption[];
  readonly secrets: readonly SecretOption[];
  readonly takenNames: readonly string[];
  readonly environments: readonly string[];
}

export const EMPTY_VALUES: ProviderValues = {
  displayName: '',
  name: '',
  nameEdited: false,
  type: '',
  credential: 'new',
  existingSecretId: '',
  newSecretId: '',
  newSecretIdEdited: false,
  secretValue: '',
  passthrough: false,
  baseUrl: '',
  models: [],
  environments: [],
};

export function typeOf(values: Pick<ProviderValues, 'type'>, context: FormContext): ProviderTypeOption | undefined {
  return context.types.find((option) => option.type === values.type);
}

export function isCredentialRequired(values: ProviderValues, context: FormContext): boolean {
  return (typeOf(values, context)?.credentialRequired ?? false) && !values.passthrough;
}

/** Applies one edit and everything that follows from it: derived name, suggested secret id, fitting credential tab. */
export function edit(values: ProviderValues, change: Partial<ProviderValues>, context: FormContext): ProviderValues {
  let next: ProviderValues = { ...values, ...change };
  if (change.name !== undefined) next = { ...next, nameEdited: change.name !== '' };
  if (change.newSecretId !== undefined) next = { ...next, newSecretIdEdited: change.newSecretId !== '' };
  if (!next.nameEdited && change.name === undefined) next = { ...next, name: nameFromDisplayName(next.displayName) };
  if (change.type !== undefined && change.type !== values.type) next = fitType(next, context);
  if (change.passthrough === true) next = { ...next, credential: 'none', secretValue: '' };
  if (change.passthrough === false && values.passthrough) next = fitType(next, context);
  if (!next.newSecretIdEdited && change.newSecretId === undefined) {
    const type = typeOf(next, context);
    const taken = context.secrets.map((secret) => secret.secretId);
    next = { ...next, newSecretId: type ? freeSecretId(type.suggestedSecretId, next.name, taken) : '' };
  }
  return next;
}

/** A type that fits a stored secret by name starts with it chosen; one that needs no key starts without. */
function fitType(values: ProviderValues, context: FormContext): ProviderValues {
  const type = typeOf(values, context);
  if (!type) return values;
  const suggested = context.secrets.find((secret) => secret.secretId === type.suggestedSecretId);
  return {
    ...values,
    passthrough: values.passthrough && type.supportsPassthrough,
    credential: suggested ? 'existing' : type.credentialRequired ? 'new' : 'none',
    existingSecretId: suggested?.secretId ?? '',
    secretValue: '',
    models: [],
  };
}

import { secretIdProblem, secretValueProblem } from '../../secrets/secret-id';
import { baseUrlProblem, originOf } from './base-url';
import { modelsProblem } from './model-ids';
import { nameProblem } from './name';
import { type FormContext, isCredentialRequired, type ProviderValues, typeOf } from './values';

/** Fields as the person sees them; the server's `extensions.field` uses the same words, `secretId` for both tabs. */
export type Field =
  | 'displayName'
  | 'name'
  | 'type'
  | 'secretId'
  | 'secretValue'
  | 'baseUrl'
  | 'models'
  | 'environments';

export type Problems = Partial<Record<Field, string>>;

export interface Missing {
  readonly field: Field;
  /** Ready for a sentence: “Still needed: a display name, a secret.” */
  readonly label: string;
}

const DISPLAY_NAME_MAX_CHARACTERS = 253;

function displayNameProblem(displayName: string): string | null {
  const length = displayName.trim().length;
  if (length > DISPLAY_NAME_MAX_CHARACTERS) {
    return `Use at most ${DISPLAY_NAME_MAX_CHARACTERS} characters; this is ${length}.`;
  }
  return null;
}

/**
 * A stored secret goes only to origins it was typed in for. Says which new origin it would go to, or null when no
 * confirmation is needed. A secret that was never used has no origin yet and takes the first.
 */
export function originToConfirm(values: ProviderValues, context: FormContext): string | null {
  if (values.credential !== 'existing') return null;
  const secret = context.secrets.find(({ secretId }) => secretId === values.existingSecretId);
  const origin = originOf(values.baseUrl || (typeOf(values, context)?.defaultBaseUrl ?? ''));
  if (!secret || !origin || secret.boundOrigins.length === 0) return null;
  return secret.boundOrigins.includes(origin) ? null : origin;
}

/** What is wrong with what has been entered, per field. Empty fields are not wrong but missing. */
export function problemsOf(values: ProviderValues, context: FormContext): Problems {
  const found: Record<Field, string | null> = {
    displayName: displayNameProblem(values.displayName),
    name: nameProblem(values.name, context.takenNames),
    type: null,
    secretId: null,
    secretValue: secretValueProblem(values.secretValue),
    baseUrl: baseUrlProblem(values.baseUrl),
    models: modelsProblem(values.models),
    environments: null,
  };
  if (values.credential === 'new') {
    found.secretId = secretIdProblem(
      values.newSecretId,
      context.secrets.map((secret) => secret.secretId),
    );
  }
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
}

/** What must still be filled in, in the order of the form. */
export function missingOf(values: ProviderValues, context: FormContext): Missing[] {
  const missing: Missing[] = [];
  const need = (isMissing: boolean, field: Field, label: string) => {
    if (isMissing) missing.push({ field, label });
  };
  const type = typeOf(values, context);
  need(values.displayName.trim() === '', 'displayName', 'a display name');
  need(values.name === '', 'name', 'a name');
  need(!type, 'type', 'a provider type');
  if (!type) return missing;
  need(values.baseUrl.trim() === '' && type.defaultBaseUrl === null, 'baseUrl', 'a base URL');
  if (values.credential === 'new') {
    need(values.newSecretId === '', 'secretId', 'a secret id');
    need(values.secretValue.trim() === '', 'secretValue', 'the upstream key');
  }
  if (values.credential === 'existing') {
    need(values.existingSecretId === '', 'secretId', 'a secret');
    const unconfirmed = originToConfirm(values, context) !== null && values.secretValue.trim() === '';
    need(unconfirmed, 'secretValue', 'the upstream key, once more');
  }
  need(values.credential === 'none' && isCredentialRequired(values, context), 'secretId', 'a secret');
  need(values.environments.length === 0 && context.environments.length > 0, 'environments', 'an environment');
  return missing;
}

const VALID: Record<Field, string> = {
  displayName: 'a shorter display name',
  name: 'a valid name',
  type: 'a provider type',
  secretId: 'a valid secret id',
  secretValue: 'a valid upstream key',
  baseUrl: 'a valid base URL',
  models: 'valid model ids',
  environments: 'an environment',
};

const FORM_ORDER: readonly Field[] = [
  'displayName',
  'name',
  'type',
  'baseUrl',
  'secretId',
  'secretValue',
  'models',
  'environments',
];

/**
 * What stands between the person and the button, in the order of the form; empty when it can be pressed.
 * `fields` narrows it to what some other button needs.
 */
export function neededOf(missing: readonly Missing[], problems: Problems, fields = FORM_ORDER): string[] {
  return FORM_ORDER.filter((field) => fields.includes(field)).flatMap((field) => {
    const absent = missing.filter((entry) => entry.field === field).map(({ label }) => label);
    return absent.length === 0 && problems[field] ? [VALID[field]] : absent;
  });
}

/** The complaint about a required field that was left empty. */
export function emptyComplaint({ label }: Missing): string {
  return `Enter ${label}.`;
}

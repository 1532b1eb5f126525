import { isRecorded, patternField } from '../recording/settings';
import { type Field, fieldsInOrder, type Problems } from './problems';
import { inSentence, type SecretField, secretFields, settingFields, typeOf } from './provider-type';
import { slotOf, whyConfirm } from './slots';
import type { FormContext, ProviderValues } from './values';

/** One thing that stands between the person and the button. */
export interface Needed {
  readonly field: Field;
  /** Ready for a sentence: “Still needed: a display name, a secret.” */
  readonly label: string;
}

/** What must still be filled in, in the order of the form. */
export function missingOf(values: ProviderValues, context: FormContext): Needed[] {
  const missing: Needed[] = [];
  const need = (isMissing: boolean, field: Field, label: string) => {
    if (isMissing) missing.push({ field, label });
  };
  const type = typeOf(values, context);
  // Everything else is shown, and named, once there is a type.
  if (!type) return [{ field: 'type', label: 'a provider type' }];
  need(values.displayName.trim() === '', 'displayName', 'a display name');
  need(values.name === '', 'name', 'a name');
  for (const { name, label, required } of settingFields(values, context)) {
    need(required && !values.settings[name]?.trim(), `settings.${name}`, `the ${inSentence(label)}`);
  }
  const fields = secretFields(values, context);
  for (const field of fields) missing.push(...missingOfSlot(field, fields.length, values, context));
  // An address that follows from the settings is missing only as long as they are.
  const hasStandard = type.baseUrlTemplate !== null || type.defaultBaseUrl !== null;
  need(values.baseUrl.trim() === '' && !hasStandard, 'baseUrl', 'a base URL');
  need(values.environments.length === 0, 'environments', 'an environment');
  for (const [index, { name, pattern }] of isRecorded(values) ? values.redactPatterns.entries() : []) {
    need(name === '', patternField(index, 'name'), `a name of pattern ${index + 1}`);
    need(pattern === '', patternField(index, 'pattern'), `pattern ${index + 1}`);
  }
  const order = fieldsInOrder(values, context);
  return missing.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

function missingOfSlot(field: SecretField, slots: number, values: ProviderValues, context: FormContext): Needed[] {
  const { slot, label, required } = field;
  const { mode, existingSecretId, newSecretId, secretValue } = slotOf(values, slot);
  const named = `the ${inSentence(label)}`;
  if (mode === 'none') return required ? [{ field: `credentials.${slot}`, label: named }] : [];
  if (mode === 'existing') {
    const chosen = slots === 1 ? 'a secret' : `a secret for ${named}`;
    if (existingSecretId === '') return [{ field: `credentials.${slot}`, label: chosen }];
    const isUnconfirmed = whyConfirm(values, slot, context) !== null && secretValue.trim() === '';
    return isUnconfirmed ? [{ field: `credentials.${slot}.value`, label: `${named}, once more` }] : [];
  }
  return [
    ...(secretValue.trim() === '' ? [{ field: `credentials.${slot}.value` as const, label: named }] : []),
    ...(newSecretId === '' ? [{ field: `credentials.${slot}.id` as const, label: `a secret id for ${named}` }] : []),
  ];
}

/** The field's own label, where something wrong stands in it: “Still needed: a valid name”. */
function validLabel(field: Field, values: ProviderValues, context: FormContext): string {
  const [room, name, part] = field.split('.') as [string, string?, string?];
  if (room === 'settings') {
    const setting = settingFields(values, context).find((one) => one.name === name);
    return `a valid ${inSentence(setting?.label ?? 'setting')}`;
  }
  if (room === 'credentials') {
    const secret = secretFields(values, context).find((one) => one.slot === name);
    return part === 'id' ? 'a valid secret id' : `a valid ${inSentence(secret?.label ?? 'secret')}`;
  }
  if (room === 'recording') return validRecording(field);
  const labels: Readonly<Record<string, string>> = {
    displayName: 'a shorter display name',
    name: 'a valid name',
    baseUrl: 'a valid base URL',
    models: 'valid model ids',
    drainSeconds: 'a valid number of seconds',
  };
  return labels[room] ?? 'a correction';
}

function validRecording(field: Field): string {
  const index = /\[(\d+)\]/.exec(field)?.[1];
  if (index !== undefined) return `a valid ${field.endsWith('.name') ? 'name of ' : ''}pattern ${Number(index) + 1}`;
  const labels: Readonly<Record<string, string>> = {
    'recording.retentionDays': 'a valid number of days',
    'recording.maxBodyBytes': 'a valid size of bodies',
    'recording.samplePer10k': 'a valid share of calls',
  };
  return labels[field] ?? 'a correction';
}

/** What stands between the person and the button, in the order of the form; empty when it can be pressed. */
export function neededOf(values: ProviderValues, problems: Problems, context: FormContext): Needed[] {
  const missing = missingOf(values, context);
  const wrong = (Object.keys(problems) as Field[])
    .filter((field) => !missing.some((entry) => entry.field === field))
    .map((field) => ({ field, label: validLabel(field, values, context) }));
  const order = fieldsInOrder(values, context);
  return [...missing, ...wrong].toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/** A connection test is made of these; name and environments play no part in it. */
const TESTED = ['type', 'settings', 'credentials', 'baseUrl'];

export function neededForTest(needed: readonly Needed[]): Needed[] {
  return needed.filter(({ field }) => TESTED.includes(field.split('.', 1)[0] ?? ''));
}

/** The complaint about a required field that was left empty. */
export function emptyComplaint({ label, field }: Needed): string {
  return `${field.startsWith('credentials.') && !/\.(id|value)$/.test(field) ? 'Choose' : 'Enter'} ${label}.`;
}

import { secretIdProblem } from '../../secrets/secret-id';
import { secretValueProblem } from '../../secrets/secret-value';
import { patternField, recordingProblems } from '../recording/settings';
import { baseUrlProblem } from './base-url';
import { modelsProblem } from './model-ids';
import { nameProblem } from './name';
import { credentialFormOf, secretFields, settingFields, settingProblem, typeOf } from './provider-type';
import { slotOf } from './slots';
import { drainProblem } from './usage-rules';
import type { FormContext, ProviderValues } from './values';

/** Fields as the person sees them; the refusals of the control plane use the same words. */
export type Field =
  | 'type'
  | 'displayName'
  | 'name'
  | 'credentialKind'
  | 'passthrough'
  | 'baseUrl'
  | 'models'
  | 'environments'
  | 'onClientClose'
  | 'drainSeconds'
  | 'usageFallback'
  | `recording.${string}`
  | `settings.${string}`
  /** Which secret; `.id` names a new one, `.value` is what was pasted. */
  | `credentials.${string}`;

export type Problems = Readonly<Partial<Record<Field, string>>>;

/** Every field on show, from the top of the form to its end. */
export function fieldsInOrder(values: ProviderValues, context: FormContext): Field[] {
  const ownSettings = typeOf(values, context)?.settings ?? [];
  const settings = new Set([...ownSettings, ...settingFields(values, context)].map(({ name }) => name));
  const own = ownSettings.map(({ name }): Field => `settings.${name}`);
  const ofCredential = [...settings].map((name): Field => `settings.${name}`).slice(own.length);
  const form = credentialFormOf(values, context);
  const slots = (form?.secrets ?? []).flatMap(({ slot }): Field[] => [
    `credentials.${slot}`,
    `credentials.${slot}.value`,
    `credentials.${slot}.id`,
  ]);
  const head: Field[] = ['type', 'displayName', 'name', ...own, 'baseUrl', 'passthrough', 'credentialKind'];
  return [
    ...head,
    ...ofCredential,
    ...slots,
    'models',
    'environments',
    'onClientClose',
    'drainSeconds',
    'usageFallback',
    ...recordingFields(values),
  ];
}

function recordingFields({ redactPatterns }: ProviderValues): Field[] {
  return [
    'recording.retentionDays',
    'recording.maxBodyBytes',
    'recording.samplePer10k',
    'recording.redactDetectors',
    ...redactPatterns.flatMap((_, index) => [patternField(index, 'name'), patternField(index, 'pattern')]),
  ];
}

const DISPLAY_NAME_MAX_CHARACTERS = 253;

function displayNameProblem(displayName: string): string | null {
  const length = [...displayName.trim()].length;
  if (length > DISPLAY_NAME_MAX_CHARACTERS) {
    return `Use at most ${DISPLAY_NAME_MAX_CHARACTERS} characters; this is ${length}.`;
  }
  return null;
}

/** What is wrong with what has been entered, per field. Empty fields are not wrong but missing. */
export function problemsOf(values: ProviderValues, context: FormContext): Problems {
  const found: [Field, string | null][] = [
    ['displayName', displayNameProblem(values.displayName)],
    ['name', nameProblem(values.name, context.takenNames)],
    ['baseUrl', baseUrlProblem(values.baseUrl)],
    ['models', modelsProblem(values.models)],
    ['drainSeconds', drainProblem(values, context)],
    ...settingFields(values, context).map((field): [Field, string | null] => [
      `settings.${field.name}`,
      settingProblem(field, values.settings[field.name] ?? ''),
    ]),
    ...secretFields(values, context).flatMap(({ slot }) => slotProblems(slot, values, context)),
  ];
  const filled = Object.fromEntries(found.flatMap(([field, problem]) => (problem === null ? [] : [[field, problem]])));
  return { ...filled, ...recordingProblems(values) };
}

function slotProblems(slot: string, values: ProviderValues, context: FormContext): [Field, string | null][] {
  const { mode, newSecretId, secretValue } = slotOf(values, slot);
  if (mode === 'none') return [];
  const value: [Field, string | null] = [`credentials.${slot}.value`, secretValueProblem(secretValue, slot)];
  return mode === 'existing'
    ? [value]
    : [value, [`credentials.${slot}.id`, secretIdProblem(newSecretId, takenIds(slot, values, context))]];
}

function takenIds(slot: string, values: ProviderValues, context: FormContext): string[] {
  const others = secretFields(values, context).filter((field) => field.slot !== slot);
  const typedHere = others.map((field) => slotOf(values, field.slot)).filter(({ mode }) => mode === 'new');
  return [...context.secrets.map(({ secretId }) => secretId), ...typedHere.map(({ newSecretId }) => newSecretId)];
}

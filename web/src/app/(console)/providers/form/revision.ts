import { changedRecording, RECORDING_FIELDS, recordingValues, type StoredRecording } from '../recording/settings';
import { keptText, recordingText, rulesText } from '../recording/wording';
import { standardBaseUrl } from './base-url';
import { credentialInputs, environmentsInput, settingInputs } from './input';
import {
  type ClientClosePolicy,
  credentialFormOf,
  secretFields,
  settingFields,
  typeOf,
  type UsageFallback,
} from './provider-type';
import { EMPTY_SLOT, type Slots, suggestIds } from './slots';
import { clientCloseOf, clientCloseText, fallbackText, usageRules } from './usage-rules';
import { EMPTY_VALUES, type FormContext, type ProviderValues } from './values';

/** The stored settings a person edits, as the control plane returns them. */
export interface StoredProvider extends StoredRecording {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly baseUrl: string;
  readonly credentialKind: string;
  readonly credentials: readonly { readonly slot: string; readonly secret: { readonly secretId: string } | null }[];
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  readonly passthrough: boolean;
  readonly models: readonly string[];
  /** Empty = all. */
  readonly environments: readonly string[];
  /** null = as is usual for the type. */
  readonly onClientClose: ClientClosePolicy | null;
  readonly drainSeconds: number;
  readonly usageFallback: UsageFallback;
  readonly revision: number;
}

export function valuesOf(provider: StoredProvider, context: FormContext): ProviderValues {
  const settings = Object.fromEntries(provider.settings.map(({ name, value }) => [name, value]));
  const type = typeOf(provider, context);
  const isStandard = type !== undefined && isSameUrl(provider.baseUrl, standardBaseUrl(type, settings));
  const values: ProviderValues = {
    ...EMPTY_VALUES,
    type: provider.type,
    displayName: provider.displayName,
    displayNameEdited: true,
    name: provider.name,
    nameEdited: true,
    settings,
    credentialKind: provider.credentialKind,
    passthrough: provider.passthrough,
    baseUrl: isStandard ? '' : provider.baseUrl,
    models: provider.models,
    environments: provider.environments.length === 0 ? context.environments : provider.environments,
    onClientClose: provider.onClientClose,
    drainSeconds: String(provider.drainSeconds),
    usageFallback: provider.usageFallback,
    ...recordingValues(provider),
  };
  const stored = { ...values, slots: storedSlots(provider, values, context) };
  return { ...stored, slots: suggestIds(stored, context) };
}

function storedSlots(provider: StoredProvider, values: ProviderValues, context: FormContext): Slots {
  return Object.fromEntries(
    secretFields(values, context).map(({ slot, required }) => {
      const secretId = provider.credentials.find((entry) => entry.slot === slot)?.secret?.secretId ?? '';
      const mode = secretId !== '' || required ? ('existing' as const) : ('none' as const);
      return [slot, { ...EMPTY_SLOT, mode, existingSecretId: secretId }];
    }),
  );
}

/** The control plane may store an address with a slash at its end. */
const isSameUrl = (a: string, b: string | null) => a.replace(/\/+$/, '') === b?.replace(/\/+$/, '');

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry) => b.includes(entry));

const sameText = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Only what was changed, against the revision it was changed in, so that nobody's other edit is written over.
 * null when nothing was changed.
 */
export function updateInput(values: ProviderValues, provider: StoredProvider, context: FormContext) {
  const before = valuesOf(provider, context);
  const displayName = values.displayName.trim();
  const baseUrl = values.baseUrl.trim();
  const environments = environmentsInput(values, context);
  const credentials = wholeCredential(values, context);
  const settings = wholeSettings(values, context);
  const credentialKind = credentialFormOf(values, context)?.kind;
  const isKindChanged = credentialKind !== undefined && credentialKind !== provider.credentialKind;
  const changes = {
    ...(displayName === provider.displayName ? {} : { displayName }),
    // Empty asks for the standard address; one that was standard follows the settings by itself.
    ...(isSameUrl(baseUrl, before.baseUrl) ? {} : { baseUrl }),
    ...(isKindChanged ? { credentialKind } : {}),
    ...(sameText(credentials, wholeCredential(before, context)) && !isKindChanged ? {} : { credentials }),
    ...(sameText(settings, wholeSettings(before, context)) ? {} : { settings }),
    ...(values.passthrough === provider.passthrough ? {} : { passthrough: values.passthrough }),
    ...(sameSet(environments, provider.environments) ? {} : { environments }),
    ...(sameSet(values.models, provider.models) ? {} : { models: [...values.models] }),
    ...changedRules(values, provider, context),
    ...changedRecording(values, provider),
  };
  if (Object.keys(changes).length === 0) return null;
  return { name: provider.name, revision: provider.revision, ...changes };
}

function changedRules(values: ProviderValues, provider: StoredProvider, context: FormContext) {
  const { onClientClose, drainSeconds, usageFallback } = usageRules(values, context);
  return {
    ...(onClientClose === provider.onClientClose ? {} : { onClientClose }),
    ...(drainSeconds === undefined || drainSeconds === provider.drainSeconds ? {} : { drainSeconds }),
    ...(usageFallback === provider.usageFallback ? {} : { usageFallback }),
  };
}

/** What an update leaves out is kept, so that a slot or a setting that was emptied must be named. */
function wholeCredential(values: ProviderValues, context: FormContext) {
  const filled = credentialInputs(values, context);
  return secretFields(values, context).map(
    ({ slot }) => filled.find((entry) => entry.slot === slot) ?? { slot, secretId: null },
  );
}

function wholeSettings(values: ProviderValues, context: FormContext) {
  const filled = settingInputs(values, context);
  return settingFields(values, context).map(
    ({ name }) => filled.find((entry) => entry.name === name) ?? { name, value: null },
  );
}

const EDITABLE = [
  'displayName',
  'settings',
  'baseUrl',
  'credentialKind',
  'slots',
  'passthrough',
  'models',
  'environments',
  'onClientClose',
  'drainSeconds',
  'usageFallback',
  ...RECORDING_FIELDS,
] as const satisfies readonly (keyof ProviderValues)[];

/** My edits of `base` on top of what somebody else made of it: a field I did not touch becomes theirs. */
export function rebase(
  mine: ProviderValues,
  base: StoredProvider,
  theirs: StoredProvider,
  context: FormContext,
): ProviderValues {
  const before = valuesOf(base, context);
  const after = valuesOf(theirs, context);
  const untouched = EDITABLE.filter((field) => sameText(mine[field], before[field]));
  return { ...mine, ...Object.fromEntries(untouched.map((field) => [field, after[field]])) };
}

export interface Change {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What somebody else changed between two revisions, in words for the conflict notice. */
export function changesBetween(before: StoredProvider, after: StoredProvider, context: FormContext): Change[] {
  const rows: [label: string, read: (provider: StoredProvider) => string][] = [
    ['Display name', (provider) => provider.displayName],
    ['Status', (provider) => (provider.enabled ? 'enabled' : 'disabled')],
    ...settingFields(after, context).map(({ name, label }): [string, (provider: StoredProvider) => string] => [
      label,
      ({ settings }) => settings.find((setting) => setting.name === name)?.value ?? 'none',
    ]),
    ['Base URL', (provider) => provider.baseUrl],
    ['Credential', (provider) => credentialFormOf(provider, context)?.label ?? 'the caller’s own'],
    ['Secrets', (provider) => listed(secretIds(provider), 'none')],
    ['Authorization passthrough', (provider) => (provider.passthrough ? 'on' : 'off')],
    ['Models', (provider) => listed(provider.models, 'all upstream models')],
    ['Environments', (provider) => listed(provider.environments, 'all')],
    ['When an app hangs up', (provider) => clientCloseText(clientCloseOf(provider, context), provider.drainSeconds)],
    ['When usage is missing', ({ usageFallback }) => fallbackText(usageFallback)],
    ['Recorded', (provider) => keptText(provider) ?? 'neither requests nor answers'],
    ['Kept', recordingText],
    ['Cleared of', rulesText],
  ];
  return rows
    .map(([label, read]) => ({ label, before: read(before), after: read(after) }))
    .filter((change) => change.before !== change.after);
}

const secretIds = ({ credentials }: StoredProvider) => credentials.flatMap(({ secret }) => secret?.secretId ?? []);

function listed(entries: readonly string[], whenEmpty: string): string {
  return entries.length === 0 ? whenEmpty : [...entries].sort().join(', ');
}

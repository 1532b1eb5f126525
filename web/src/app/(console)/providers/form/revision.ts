import { environmentsInput } from './input';
import { EMPTY_VALUES, type FormContext, type ProviderValues } from './values';

/** The stored settings a person edits, as the control plane returns them. */
export interface StoredProvider {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly baseUrl: string;
  readonly secret: { readonly secretId: string } | null;
  readonly passthrough: boolean;
  readonly models: readonly string[];
  /** Empty = all. */
  readonly environments: readonly string[];
  readonly revision: number;
}

export function valuesOf(provider: StoredProvider, context: FormContext): ProviderValues {
  return {
    ...EMPTY_VALUES,
    displayName: provider.displayName,
    name: provider.name,
    nameEdited: true,
    type: provider.type,
    credential: provider.secret ? 'existing' : 'none',
    existingSecretId: provider.secret?.secretId ?? '',
    passthrough: provider.passthrough,
    baseUrl: provider.baseUrl,
    models: provider.models,
    environments: provider.environments.length === 0 ? context.environments : provider.environments,
  };
}

const sameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry) => b.includes(entry));

/**
 * Only what was changed, against the revision it was changed in, so that nobody's other edit is written over.
 * null when nothing was changed.
 */
export function updateInput(values: ProviderValues, provider: StoredProvider, context: FormContext) {
  const displayName = values.displayName.trim();
  const baseUrl = values.baseUrl.trim();
  const environments = environmentsInput(values, context);
  const secretId =
    values.credential === 'none' ? null : values.credential === 'new' ? values.newSecretId : values.existingSecretId;
  const secretValue = values.credential === 'none' ? '' : values.secretValue.trim();
  const changes = {
    ...(displayName === provider.displayName ? {} : { displayName }),
    ...(baseUrl === provider.baseUrl ? {} : { baseUrl }),
    ...(secretId === (provider.secret?.secretId ?? null) ? {} : { secretId }),
    ...(secretValue === '' ? {} : { secretId, secretValue }),
    ...(values.passthrough === provider.passthrough ? {} : { passthrough: values.passthrough }),
    ...(sameSet(environments, provider.environments) ? {} : { environments }),
    ...(sameSet(values.models, provider.models) ? {} : { models: [...values.models] }),
  };
  if (Object.keys(changes).length === 0) return null;
  return { name: provider.name, revision: provider.revision, ...changes };
}

const EDITABLE = [
  'displayName',
  'baseUrl',
  'credential',
  'existingSecretId',
  'passthrough',
  'models',
  'environments',
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
  const untouched = EDITABLE.filter((field) => String(mine[field]) === String(before[field]));
  return { ...mine, ...Object.fromEntries(untouched.map((field) => [field, after[field]])) };
}

export interface Change {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** What somebody else changed between two revisions, in words for the conflict notice. */
export function changesBetween(before: StoredProvider, after: StoredProvider): Change[] {
  const rows: [label: string, read: (provider: StoredProvider) => string][] = [
    ['Display name', (provider) => provider.displayName],
    ['Status', (provider) => (provider.enabled ? 'enabled' : 'disabled')],
    ['Base URL', (provider) => provider.baseUrl],
    ['Secret', (provider) => provider.secret?.secretId ?? 'none'],
    ['Authorization passthrough', (provider) => (provider.passthrough ? 'on' : 'off')],
    ['Models', (provider) => listed(provider.models, 'all upstream models')],
    ['Environments', (provider) => listed(provider.environments, 'all')],
  ];
  return rows
    .map(([label, read]) => ({ label, before: read(before), after: read(after) }))
    .filter((change) => change.before !== change.after);
}

function listed(entries: readonly string[], whenEmpty: string): string {
  return entries.length === 0 ? whenEmpty : [...entries].sort().join(', ');
}

import { NOTHING_RECORDED, type RecordingValues } from '../recording/settings';
import { nameFromDisplayName } from './name';
import {
  type ClientClosePolicy,
  credentialFormOf,
  type ProviderTypeOption,
  secretFields,
  typeOf,
  type UsageFallback,
} from './provider-type';
import { freshSlots, type Slots, type SlotValues, slotOf, suggestIds } from './slots';

export interface ProviderValues extends RecordingValues {
  readonly type: string;
  readonly displayName: string;
  /** True once the person typed one; it then no longer follows the type. */
  readonly displayNameEdited: boolean;
  readonly name: string;
  /** True once the person typed a name; it then no longer follows the display name. */
  readonly nameEdited: boolean;
  /** By setting name. Those the type does not ask for are kept, and not sent. */
  readonly settings: Readonly<Record<string, string>>;
  readonly credentialKind: string;
  /** By slot of the credential. */
  readonly slots: Slots;
  readonly passthrough: boolean;
  /** Empty = the standard address, which follows from type and settings. */
  readonly baseUrl: string;
  readonly models: readonly string[];
  readonly environments: readonly string[];
  /** null = as is usual for the type. */
  readonly onClientClose: ClientClosePolicy | null;
  /** As typed. */
  readonly drainSeconds: string;
  readonly usageFallback: UsageFallback;
}

export interface SecretOption {
  readonly secretId: string;
  readonly lastFour: string;
  readonly version: number;
  readonly rotatedAt: string;
  readonly boundOrigins: readonly string[];
  readonly usedBy: readonly string[];
}

/** What the form is filled in against. */
export interface FormContext {
  readonly types: readonly ProviderTypeOption[];
  readonly secrets: readonly SecretOption[];
  readonly takenNames: readonly string[];
  readonly environments: readonly string[];
  /** Built-in detectors of redaction. */
  readonly detectors: readonly { readonly name: string; readonly label: string; readonly finds: string }[];
}

export const EMPTY_VALUES: ProviderValues = {
  type: '',
  displayName: '',
  displayNameEdited: false,
  name: '',
  nameEdited: false,
  settings: {},
  credentialKind: '',
  slots: {},
  passthrough: false,
  baseUrl: '',
  models: [],
  environments: [],
  onClientClose: null,
  drainSeconds: '30',
  usageFallback: 'NONE',
  ...NOTHING_RECORDED,
};

/** Applies one edit and everything that follows from it: suggested names and ids, a fitting credential. */
export function edit(values: ProviderValues, change: Partial<ProviderValues>, context: FormContext): ProviderValues {
  let next: ProviderValues = { ...values, ...change };
  if (change.displayName !== undefined) next = { ...next, displayNameEdited: change.displayName !== '' };
  if (change.name !== undefined) next = { ...next, nameEdited: change.name !== '' };
  if (change.type !== undefined && change.type !== values.type) next = fitType(next, context);
  else if (change.passthrough === false && values.passthrough) next = fitCredential(next, context);
  else if (change.credentialKind !== undefined && change.credentialKind !== values.credentialKind) {
    next = fitCredential(next, context);
  }
  if (next.passthrough && !values.passthrough) next = { ...next, slots: {} };
  if (!next.nameEdited && change.name === undefined) next = { ...next, name: nameFromDisplayName(next.displayName) };
  return { ...next, slots: suggestIds(next, context) };
}

export function editSlot(
  values: ProviderValues,
  slot: string,
  change: Partial<SlotValues>,
  context: FormContext,
): ProviderValues {
  let next: SlotValues = { ...slotOf(values, slot), ...change };
  if (change.newSecretId !== undefined) next = { ...next, newSecretIdEdited: change.newSecretId !== '' };
  // What was pasted belonged to the other tab or the other secret.
  if (change.mode !== undefined || change.existingSecretId !== undefined)
    next = { ...next, secretValue: '', mustConfirm: false };
  const slots = { ...values.slots, [slot]: next };
  return change.newSecretId === ''
    ? { ...values, slots }
    : { ...values, slots: suggestIds({ ...values, slots }, context) };
}

/** Another type is another upstream: its address, credential, models and what is usual for it start afresh. */
function fitType(values: ProviderValues, context: FormContext): ProviderValues {
  const type = typeOf(values, context);
  if (!type) return values;
  const displayName = values.displayNameEdited ? values.displayName : freeDisplayName(type.label, context.takenNames);
  return fitCredential(
    {
      ...values,
      displayName,
      passthrough: values.passthrough && type.supportsPassthrough,
      credentialKind: type.credentialForms[0]?.kind ?? '',
      baseUrl: '',
      models: [],
      onClientClose: null,
    },
    context,
  );
}

function fitCredential(values: ProviderValues, context: FormContext): ProviderValues {
  const credentialKind = credentialFormOf(values, context)?.kind ?? values.credentialKind;
  const fitting = { ...values, credentialKind };
  return { ...fitting, slots: freshSlots(secretFields(fitting, context), context) };
}

/** `OpenAI`, or `OpenAI 2` where the name of the first is taken. */
function freeDisplayName(label: string, takenNames: readonly string[]): string {
  for (let number = 1; ; number++) {
    const displayName = number === 1 ? label : `${label} ${number}`;
    if (!takenNames.includes(nameFromDisplayName(displayName))) return displayName;
  }
}

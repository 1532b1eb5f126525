import type { CredentialKind, ProviderSettings, SecretSlot } from '@weir/contracts';
import type { CredentialForm, ProviderTypeDefinition } from '@weir/providers';
import { InputError } from '../../platform/errors.js';
import type { ProviderCredentialInput, SettingInput } from '../credential.types.js';
import type { ProviderRow } from '../providers.types.js';
import { keptSettings, parseSettings, settingFieldsOf, storedSettings } from './setting-values.js';

/** What a form says about identity; a field left out stays as it is. */
export interface CredentialInput {
  readonly credentialKind?: string | null;
  readonly credentials?: readonly ProviderCredentialInput[] | null;
  readonly settings?: readonly SettingInput[] | null;
  /** Short for slot `api_key`. */
  readonly secretId?: string | null;
  readonly secretValue?: string | null;
  readonly passthrough?: boolean | null;
}

/** A secret chosen for a slot. */
export interface SlotChoice {
  readonly slot: SecretSlot;
  /** null: only a value was typed in, which is enough to try it. */
  readonly secretId: string | null;
  readonly secretValue: string | null;
  /** Path of the input to complain about. */
  readonly field: string;
  readonly valueField: string;
}

/** How a provider is to identify itself upstream, and what else it needs to know. */
export interface CredentialChoice {
  readonly kind: CredentialKind;
  readonly passthrough: boolean;
  readonly slots: readonly SlotChoice[];
  readonly settings: ProviderSettings;
}

/**
 * Reads what was chosen over what `row` has. @param isDraft a value without the name of a secret is enough
 * @throws InputError on `passthrough`, `credentialKind`, `credentials.<slot>`, `secretId` or `settings.<name>`
 */
export function readChoice(
  definition: ProviderTypeDefinition,
  input: CredentialInput,
  row: ProviderRow | null,
  isDraft = false,
): CredentialChoice {
  const passthrough = input.passthrough ?? row?.passthrough ?? false;
  if (passthrough) checkPassthrough(definition, input);
  const form = passthrough ? null : formOf(definition, input, row);
  const fields = settingFieldsOf(definition, form);
  const given = input.settings ?? toInput(keptSettings(fields, storedSettings(row?.settings)));
  return {
    kind: form?.kind ?? 'none',
    passthrough,
    slots: form ? slotsOf(definition, form, input, row, isDraft) : [],
    settings: parseSettings(fields, given),
  };
}

const toInput = (settings: ProviderSettings): SettingInput[] =>
  Object.entries(settings).map(([name, value]) => ({ name, value }));

function checkPassthrough(definition: ProviderTypeDefinition, input: CredentialInput): void {
  if (!definition.supportsPassthrough) {
    throw new InputError(
      'PASSTHROUGH_UNSUPPORTED',
      `${definition.label} providers cannot pass the caller's credential through. Choose a secret.`,
      'passthrough',
    );
  }
  const named = givenSlots(input).find(({ secretId }) => Boolean(secretId));
  if (named) {
    throw new InputError(
      'PASSTHROUGH_WITH_SECRET',
      'With passthrough the caller brings the credential. Remove the secret, or switch passthrough off.',
      named.field,
    );
  }
}

interface GivenSlot {
  readonly slot: string;
  /** undefined: not said, so it stays; null: taken off. */
  readonly secretId: string | null | undefined;
  readonly secretValue: string | null;
  readonly field: string;
  readonly valueField: string;
}

/** An empty field of a form means nothing was chosen. */
function givenSlots({ credentials, secretId, secretValue }: CredentialInput): GivenSlot[] {
  const given = (slot: string, id: string | null | undefined, value: string | null | undefined, field: string) => ({
    slot,
    secretId: id === undefined ? undefined : id?.trim() || null,
    secretValue: value || null,
    field,
  });
  const bySlot = (credentials ?? []).map((one) => {
    const field = `credentials.${one.slot.slice(0, 60)}`;
    return { ...given(one.slot, one.secretId, one.secretValue, field), valueField: field };
  });
  if (secretId === undefined && !secretValue) return bySlot;
  return [...bySlot, { ...given('api_key', secretId, secretValue, 'secretId'), valueField: 'secretValue' }];
}

const isWanted = ({ secretId, secretValue }: GivenSlot) => Boolean(secretId) || secretValue !== null;

function formOf(
  definition: ProviderTypeDefinition,
  input: CredentialInput,
  row: ProviderRow | null,
): CredentialForm | null {
  const forms = definition.credentialForms;
  const kind = input.credentialKind?.trim();
  if (kind) {
    const form = forms.find((known) => known.kind === kind);
    if (form) return form;
    throw new InputError(
      'CREDENTIAL_KIND_UNKNOWN',
      `${definition.label} providers do not identify themselves this way. Choose from ${forms.map((known) => known.kind).join(', ')}.`,
      'credentialKind',
    );
  }
  const given = givenSlots(input);
  const wanted = given.filter(isWanted);
  const holdsWanted = (form: CredentialForm) =>
    wanted.every(({ slot }) => form.secrets.some((field) => field.slot === slot));
  const open = forms.find((form) => form.kind === 'none') ?? null;
  const stored = row && !row.passthrough ? (forms.find((form) => form.kind === row.credentialKind) ?? null) : null;
  if (wanted.length > 0) return [stored, ...forms].find((form) => form && holdsWanted(form)) ?? forms[0] ?? null;
  // The key was taken off: that is what an upstream without keys looks like, where the type has such.
  if (given.some(({ secretId }) => secretId === null) && open) return open;
  return stored ?? open ?? forms[0] ?? null;
}

function slotsOf(
  definition: ProviderTypeDefinition,
  form: CredentialForm,
  input: CredentialInput,
  row: ProviderRow | null,
  isDraft: boolean,
): SlotChoice[] {
  const given = givenSlots(input);
  const odd = given.find((one) => isWanted(one) && !form.secrets.some((field) => field.slot === one.slot));
  if (odd) {
    const known = form.secrets.map(({ slot }) => slot).join(', ');
    throw new InputError(
      'CREDENTIAL_SLOT_UNKNOWN',
      `“${form.label}” takes no such secret. ${known === '' ? 'Leave the secrets out.' : `It takes ${known}.`}`,
      odd.field,
    );
  }
  return form.secrets.flatMap((field): SlotChoice[] => {
    const { slot } = field;
    const chosen = given.findLast((one) => one.slot === slot);
    const kept = row?.credentials.find((one) => one.slot === slot)?.secret.secretId ?? null;
    const isShort = slot === 'api_key' && input.credentials == null && input.credentialKind == null;
    const fields = isShort
      ? { field: 'secretId', valueField: 'secretValue' }
      : { field: `credentials.${slot}`, valueField: `credentials.${slot}` };
    const { field: path, valueField } = chosen ?? fields;
    const secretId = chosen?.secretId === undefined ? kept : chosen.secretId;
    const secretValue = chosen?.secretValue ?? null;
    if (secretId === null && !(isDraft && secretValue !== null) && (field.required || secretValue !== null)) {
      throw new InputError(
        'SECRET_REQUIRED',
        `Choose the secret that holds the ${field.label} of ${definition.label}, or name a new one, for example ${field.suggestedSecretId}.`,
        path,
      );
    }
    if (secretId === null && secretValue === null) return [];
    return [{ slot, secretId, secretValue, field: path, valueField }];
  });
}

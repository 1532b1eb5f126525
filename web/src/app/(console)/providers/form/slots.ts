import { freeSecretId } from '../../secrets/secret-id';
import { originOf, standardBaseUrl } from './base-url';
import { type SecretField, secretFields, typeOf } from './provider-type';
import type { FormContext, ProviderValues, SecretOption } from './values';

/** Where one secret comes from: a stored one, one typed in now, or, where it is optional, nowhere. */
export type SlotMode = 'existing' | 'new' | 'none';

export interface SlotValues {
  readonly mode: SlotMode;
  readonly existingSecretId: string;
  readonly newSecretId: string;
  /** True once the person typed an id; it then no longer follows the provider's name. */
  readonly newSecretIdEdited: boolean;
  /** Lives only in this form; sent once, over the same origin, and never read back. */
  readonly secretValue: string;
  /** The control plane wants a stored secret's value once more before it goes to a new place. */
  readonly mustConfirm: boolean;
}

export type Slots = Readonly<Record<string, SlotValues>>;

export const EMPTY_SLOT: SlotValues = {
  mode: 'new',
  existingSecretId: '',
  newSecretId: '',
  newSecretIdEdited: false,
  secretValue: '',
  mustConfirm: false,
};

export function slotOf(values: Pick<ProviderValues, 'slots'>, slot: string): SlotValues {
  return values.slots[slot] ?? EMPTY_SLOT;
}

/** A stored secret of the suggested name is chosen from the start; what is optional starts without one. */
export function freshSlots(fields: readonly SecretField[], context: FormContext): Slots {
  return Object.fromEntries(
    fields.map((field) => {
      const stored = context.secrets.find(({ secretId }) => secretId === field.suggestedSecretId);
      const mode: SlotMode = field.required ? (stored ? 'existing' : 'new') : 'none';
      return [field.slot, { ...EMPTY_SLOT, mode, existingSecretId: stored?.secretId ?? '' }];
    }),
  );
}

/** Ids for the secrets typed in here: nobody's yet, and none twice in this form. */
export function suggestIds(values: ProviderValues, context: FormContext): Slots {
  const fields = secretFields(values, context);
  const typed = fields.map(({ slot }) => slotOf(values, slot)).filter(({ newSecretIdEdited }) => newSecretIdEdited);
  const taken = [...context.secrets, ...typed.map(({ newSecretId }) => ({ secretId: newSecretId }))].map(
    ({ secretId }) => secretId,
  );
  const slots: Record<string, SlotValues> = { ...values.slots };
  for (const { slot, suggestedSecretId } of fields) {
    const current = slotOf(values, slot);
    if (current.newSecretIdEdited) continue;
    const newSecretId = freeSecretId(suggestedSecretId, `${values.name}_${slot}`, taken);
    taken.push(newSecretId);
    slots[slot] = { ...current, newSecretId };
  }
  return slots;
}

export function storedSecret({ mode, existingSecretId }: SlotValues, context: FormContext): SecretOption | undefined {
  return mode === 'existing' ? context.secrets.find(({ secretId }) => secretId === existingSecretId) : undefined;
}

/** Sent to the base URL as it is; what the others are made into is presented elsewhere too. */
const SENT_AS_IT_IS = 'api_key';

/**
 * A stored secret goes only to origins it was typed in for. Says which new origin it would go to, or null when no
 * confirmation is needed. A secret that was never used has no origin yet and takes the first.
 */
function originToConfirm(values: ProviderValues, slot: string, context: FormContext): string | null {
  const secret = storedSecret(slotOf(values, slot), context);
  const type = typeOf(values, context);
  const origin = originOf(values.baseUrl || (type && standardBaseUrl(type, values.settings)) || '');
  if (slot !== SENT_AS_IT_IS || !secret || !origin || secret.boundOrigins.length === 0) return null;
  return secret.boundOrigins.includes(origin) ? null : origin;
}

/** Why the value of a stored secret is wanted once more, as a sentence; null when it is not. */
export function whyConfirm(values: ProviderValues, slot: string, context: FormContext): string | null {
  const { mode, mustConfirm, existingSecretId } = slotOf(values, slot);
  if (mode !== 'existing') return null;
  const origin = originToConfirm(values, slot, context);
  if (origin) return `${existingSecretId} has not been sent to ${origin} before. Paste its value to allow that.`;
  return mustConfirm
    ? `${existingSecretId} has not been used for this address before. Paste its value to allow that.`
    : null;
}

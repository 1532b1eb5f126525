import type { Problem } from '@/graphql/problem';
import { secretFields } from './provider-type';
import { slotOf, whyConfirm } from './slots';
import type { FormContext, ProviderValues } from './values';

/**
 * Where a refusal's complaint stands on the screen. The control plane names a slot as `credentials.<slot>`, or the part
 * of it as `.secretId` and `.secretValue`; the screen shows one control for choosing, or two for typing in.
 */
export function fieldOfRefusal(field: string, values: ProviderValues, context: FormContext): string {
  if (field === 'credentials') {
    const first = secretFields(values, context)[0];
    return first ? fieldOfRefusal(`credentials.${first.slot}`, values, context) : 'credentialKind';
  }
  const match = /^credentials\.([a-z_]+)(?:\.(secretId|secretValue))?$/.exec(field);
  if (!match) return field;
  const [, slot = '', part] = match;
  const { mode } = slotOf(values, slot);
  if (mode === 'new') return `credentials.${slot}.${part === 'secretId' ? 'id' : 'value'}`;
  const asksForValue = mode === 'existing' && whyConfirm(values, slot, context) !== null;
  return part === 'secretValue' && asksForValue ? `credentials.${slot}.value` : `credentials.${slot}`;
}

/** The slots whose stored secret may go to a new place only with its value once more. */
export function slotsToConfirm({ code, fields }: Pick<Problem, 'code' | 'fields'>): string[] {
  if (code !== 'SECRET_ORIGIN_UNBOUND') return [];
  return Object.keys(fields).flatMap((field) => /^credentials\.([a-z_]+)/.exec(field)?.[1] ?? []);
}

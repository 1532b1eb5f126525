import type { SecretSlot, SettingName } from '@weir/contracts';
import type { CredentialInput } from './credential.js';
import { CredentialError } from './errors.js';

/** @throws CredentialError `CREDENTIAL_INCOMPLETE` naming the slot */
export function neededSecret({ secrets }: CredentialInput, slot: SecretSlot): string {
  const value = secrets[slot]?.trim();
  if (!value) throw incomplete(`no secret for its ${slot.replaceAll('_', ' ')}`, 'choose one');
  return value;
}

/** @throws CredentialError `CREDENTIAL_INCOMPLETE` naming the setting */
export function neededSetting({ settings }: CredentialInput, name: SettingName): string {
  const value = settings[name]?.trim();
  if (!value) throw incomplete(`no ${name.replaceAll('_', ' ')}`, 'enter it');
  return value;
}

function incomplete(what: string, remedy: string): CredentialError {
  return new CredentialError('CREDENTIAL_INCOMPLETE', `The credential has ${what}; ${remedy} on the provider’s page.`);
}

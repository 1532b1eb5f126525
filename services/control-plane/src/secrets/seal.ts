import {
  type MasterKey,
  openSecret,
  type SealedSecret,
  type Snapshot,
  sealedSecret,
  sealSecret,
  WeirError,
} from '@weir/contracts';
import type { Secret } from '@weir/prisma';

/** The credential of a provider as the snapshot carries it. */
export type ProviderCredential = NonNullable<Snapshot['providers'][number]['credential']>;

/** What a stored value is bound to. */
export type SecretIdentity = Pick<Secret, 'projectId' | 'secretId' | 'version'>;

const bindingOf = ({ projectId, secretId, version }: SecretIdentity) => ({ projectId, secretId, version });

export function sealStored(master: MasterKey, value: string, identity: SecretIdentity): SealedSecret {
  return sealSecret(master, value, bindingOf(identity));
}

/** @throws WeirError `SECRET_UNREADABLE` when the row was tampered with or sealed under another key. */
export function openStored(master: MasterKey, row: SecretIdentity & Pick<Secret, 'sealed'>): string {
  const parsed = sealedSecret.safeParse(row.sealed);
  if (!parsed.success) throw new WeirError('SECRET_UNREADABLE', `secret ${row.secretId} is not a sealed value`);
  return openSecret(master, parsed.data, bindingOf(row));
}

/** Seals a value again so that it opens for this provider and this origin only. */
export function sealForProvider(
  master: MasterKey,
  value: string,
  identity: SecretIdentity,
  provider: { readonly id: string; readonly origin: string },
): ProviderCredential {
  const binding = { ...bindingOf(identity), providerId: provider.id, origin: provider.origin };
  return {
    secretId: identity.secretId,
    version: identity.version,
    sealed: sealSecret(master, value, binding),
  };
}

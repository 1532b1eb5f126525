import {
  type MasterKey,
  openSecret,
  type SealedSecret,
  type SnapshotCredential,
  sealedSecret,
  sealSecret,
} from '@weir/contracts';
import type { Secret } from '@weir/prisma';
import { Conflict } from '../platform/errors.js';

/** The credential of a provider as the snapshot carries it. */
export type ProviderCredential = SnapshotCredential;

/** What a stored value is bound to. */
export type SecretIdentity = Pick<Secret, 'projectId' | 'secretId' | 'version'>;

const bindingOf = ({ projectId, secretId, version }: SecretIdentity) => ({ projectId, secretId, version });

export function sealStored(master: MasterKey, value: string, identity: SecretIdentity): SealedSecret {
  return sealSecret(master, value, bindingOf(identity));
}

/** @throws Conflict `SECRET_UNREADABLE` when the row was tampered with or sealed under another key. */
export function openStored(master: MasterKey, row: SecretIdentity & Pick<Secret, 'sealed'>): string {
  const parsed = sealedSecret.safeParse(row.sealed);
  try {
    if (parsed.success) return openSecret(master, parsed.data, bindingOf(row));
  } catch {
    // Why it does not open says nothing that would help to repair it.
  }
  throw new Conflict(
    'SECRET_UNREADABLE',
    `The stored value of ${row.secretId} cannot be read. Rotate it under Secrets to enter it again.`,
  );
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
    origin: provider.origin,
    sealed: sealSecret(master, value, binding),
  };
}

import type { MasterKey } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';
import { Forbidden } from '../../platform/errors.js';
import { permissionsOf } from '../../platform/policy.js';
import type { Transaction } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { type Attached, attachSecret, missing } from '../../secrets/attach.js';
import type { BaseUrl } from '../base-url.js';
import type { CredentialChoice } from './choice.js';
import { type Destinations, originsOf } from './origins.js';

/** A slot of a provider as it is stored, and what happened to the secret on the way. */
export interface StoredSlot {
  readonly row: Omit<Prisma.ProviderSecretCreateManyInput, 'providerId'>;
  readonly secretId: string;
  readonly did: Attached['did'];
  readonly origins: readonly string[];
}

/** Seals the chosen secrets for the provider. @throws InputError, Forbidden */
export async function storeCredential(
  tx: Transaction,
  { masterKey, ...destinations }: Destinations & { readonly masterKey: MasterKey },
  viewer: Viewer,
  provider: { readonly id: string; readonly url: BaseUrl },
  { kind, slots }: CredentialChoice,
): Promise<StoredSlot[]> {
  const stored: StoredSlot[] = [];
  for (const { slot, secretId, secretValue, field, valueField } of slots) {
    if (secretId === null) throw missing(slot, field);
    if (secretValue !== null && !permissionsOf(viewer).includes('secret.write')) throw new Forbidden();
    const blamed = secretValue === null ? field : valueField;
    const { secretRowId, credential, origins, did } = await attachSecret(tx, masterKey, {
      projectId: viewer.projectId,
      providerId: provider.id,
      ...{ slot, secretId, secretValue, field, valueField },
      originsOf: (value) => originsOf({ kind, slot, url: provider.url }, value, blamed, destinations),
    });
    stored.push({ row: { slot, secretRowId, sealed: { ...credential } }, secretId, did, origins });
  }
  return stored;
}

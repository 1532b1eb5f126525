import { type MasterKey, snapshotCredential } from '@weir/contracts';
import type { Secret } from '@weir/prisma';
import type { Transaction } from '../platform/prisma.service.js';
import { sealForProvider, sealStored } from './seal.js';
import { lastFourOf } from './secret-value.js';

/**
 * Puts a new value under the same id and seals it again for every provider that uses it, all or nothing.
 * @param originOf where a use of the new value is sent, given where the old one was
 */
export async function rotateInPlace(
  tx: Transaction,
  master: MasterKey,
  row: Secret,
  value: string,
  originOf: (slot: string, sealedFor: string) => string,
): Promise<Secret> {
  const identity = { projectId: row.projectId, secretId: row.secretId, version: row.version + 1 };
  const uses = await tx.providerSecret.findMany({ where: { secretRowId: row.id } });
  const boundOrigins = new Set(row.boundOrigins);
  for (const { providerId, slot, sealed } of uses) {
    const origin = originOf(slot, snapshotCredential.parse(sealed).origin);
    boundOrigins.add(origin);
    const credential = sealForProvider(master, value, identity, { id: providerId, origin });
    const where = { providerId_slot: { providerId, slot } };
    await tx.providerSecret.update({ where, data: { sealed: { ...credential } } });
  }
  // What was found with the old value says nothing about the new one.
  await tx.endpointCheck.deleteMany({ where: { providerId: { in: uses.map(({ providerId }) => providerId) } } });
  return tx.secret.update({
    where: { id: row.id },
    data: {
      version: identity.version,
      sealed: sealStored(master, value, identity),
      lastFour: lastFourOf(value),
      boundOrigins: [...boundOrigins],
      rotatedAt: new Date(),
    },
  });
}

import type { MasterKey } from '@weir/contracts';
import type { Secret } from '@weir/prisma';
import type { Transaction } from '../platform/prisma.service.js';
import { sealForProvider, sealStored } from './seal.js';
import { lastFourOf } from './secret-value.js';

/** Puts a new value under the same id and seals it again for every provider that uses it, all or nothing. */
export async function rotateInPlace(tx: Transaction, master: MasterKey, row: Secret, value: string): Promise<Secret> {
  const identity = { projectId: row.projectId, secretId: row.secretId, version: row.version + 1 };
  const users = await tx.provider.findMany({ where: { secretRowId: row.id } });
  for (const { id, baseUrl } of users) {
    const credential = sealForProvider(master, value, identity, { id, origin: new URL(baseUrl).origin });
    await tx.provider.update({ where: { id }, data: { sealedCredential: credential } });
  }
  return tx.secret.update({
    where: { id: row.id },
    data: {
      version: identity.version,
      sealed: sealStored(master, value, identity),
      lastFour: lastFourOf(value),
      rotatedAt: new Date(),
    },
  });
}

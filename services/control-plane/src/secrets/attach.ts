import type { MasterKey } from '@weir/contracts';
import type { Secret } from '@weir/prisma';
import { InputError } from '../platform/errors.js';
import type { Transaction } from '../platform/prisma.service.js';
import { rotateInPlace } from './rotate.js';
import { openStored, type ProviderCredential, sealForProvider, sealStored } from './seal.js';
import { parseSecretId } from './secret-id.js';
import { cleanSecretValue, isSameValue, lastFourOf } from './secret-value.js';

/** A provider's wish to present a secret to an origin. */
export interface AttachInput {
  readonly projectId: string;
  readonly provider: { readonly id: string; readonly origin: string };
  readonly secretId: string;
  /** Typed in beside the origin: creates the secret, confirms it for a new origin, or replaces a value nobody else uses. */
  readonly secretValue: string | null;
}

export interface Attached {
  readonly secretRowId: string;
  readonly credential: ProviderCredential;
  readonly did: 'attached' | 'bound' | 'created' | 'rotated';
}

function create(tx: Transaction, master: MasterKey, input: AttachInput, value: string): Promise<Secret> {
  const identity = { projectId: input.projectId, secretId: parseSecretId(input.secretId), version: 1 };
  const sealed = sealStored(master, value, identity);
  const boundOrigins = [input.provider.origin];
  return tx.secret.create({ data: { ...identity, sealed, lastFour: lastFourOf(value), boundOrigins } });
}

const bind = (tx: Transaction, row: Secret, boundOrigins: string[]): Promise<Secret> =>
  tx.secret.update({ where: { id: row.id }, data: { boundOrigins } });

/** Replaces a value that nobody else uses; the new one may go where it was typed in for, and nowhere else. */
async function replace(tx: Transaction, master: MasterKey, row: Secret, input: AttachInput, value: string) {
  const others = await tx.provider.findMany({
    where: { secretRowId: row.id, id: { not: input.provider.id } },
    select: { name: true },
    orderBy: { name: 'asc' },
    take: 5,
  });
  if (others.length > 0) {
    throw new InputError(
      'SECRET_VALUE_DIFFERS',
      `This is not the value stored as ${row.secretId}, which ${others.map(({ name }) => name).join(', ')} uses too. ` +
        'Enter the stored value, rotate the secret under Secrets, or choose another secret.',
      'secretValue',
    );
  }
  return bind(tx, await rotateInPlace(tx, master, row, value), [input.provider.origin]);
}

/**
 * Seals a secret for a provider. A stored value goes to a new origin only when that origin is the first it is used
 * with, or when the value itself is given again: whoever may edit a base URL does not thereby get the key.
 * @throws InputError on `secretId` or `secretValue`
 */
export async function attachSecret(tx: Transaction, master: MasterKey, input: AttachInput): Promise<Attached> {
  const { projectId, secretId, provider } = input;
  const given = input.secretValue === null ? null : cleanSecretValue(input.secretValue, 'secretValue');
  const finish = (row: Secret, value: string, did: Attached['did']): Attached => ({
    secretRowId: row.id,
    credential: sealForProvider(master, value, row, provider),
    did,
  });

  const row = await tx.secret.findUnique({ where: { projectId_secretId: { projectId, secretId } } });
  if (row === null) {
    if (given === null) throw missing(secretId);
    return finish(await create(tx, master, input, given), given, 'created');
  }
  const stored = openStored(master, row);
  if (given !== null && !isSameValue(given, stored)) {
    return finish(await replace(tx, master, row, input, given), given, 'rotated');
  }
  if (row.boundOrigins.includes(provider.origin)) return finish(row, stored, 'attached');
  if (row.boundOrigins.length > 0 && given === null) throw unbound(row, provider.origin);
  return finish(await bind(tx, row, [...row.boundOrigins, provider.origin]), stored, 'bound');
}

export function missing(secretId: string): InputError {
  return new InputError(
    'SECRET_MISSING',
    `There is no secret ${secretId}. Enter its value, or create it under Secrets first.`,
    'secretId',
  );
}

export function unbound(row: Pick<Secret, 'secretId' | 'boundOrigins'>, origin: string): InputError {
  return new InputError(
    'SECRET_ORIGIN_UNBOUND',
    `${row.secretId} may only be sent to ${row.boundOrigins.join(', ')}. To send it to ${origin} too, enter its value again.`,
    'secretId',
  );
}

import type { MasterKey, SecretSlot } from '@weir/contracts';
import type { Secret } from '@weir/prisma';
import { InputError } from '../platform/errors.js';
import type { Transaction } from '../platform/prisma.service.js';
import { rotateInPlace } from './rotate.js';
import { openStored, type ProviderCredential, sealForProvider, sealStored } from './seal.js';
import { parseSecretId } from './secret-id.js';
import { cleanSecretValue, isSameValue, lastFourOf } from './secret-value.js';

/** Where a value may go: it is sealed for the first, and the credential made from it is presented to all. */
export type Origins = readonly [sealedFor: string, ...others: string[]];

/** A provider's wish to present a secret upstream. */
export interface AttachInput {
  readonly projectId: string;
  readonly providerId: string;
  readonly slot: SecretSlot;
  readonly secretId: string;
  /** Typed in beside the origin: creates the secret, confirms it for a new origin, or replaces a value nobody else uses. */
  readonly secretValue: string | null;
  /** Paths of the inputs to complain about. */
  readonly field: string;
  readonly valueField: string;
  /** @throws InputError when the value is not one for this slot */
  readonly originsOf: (value: string) => Origins;
}

export interface Attached {
  readonly secretRowId: string;
  readonly credential: ProviderCredential;
  readonly origins: Origins;
  readonly did: 'attached' | 'bound' | 'created' | 'rotated';
}

function create(tx: Transaction, master: MasterKey, input: AttachInput, value: string): Promise<Secret> {
  const { projectId, field } = input;
  const identity = { projectId, secretId: parseSecretId(input.secretId, field), version: 1 };
  const sealed = sealStored(master, value, identity);
  const boundOrigins = [...new Set(input.originsOf(value))];
  return tx.secret.create({ data: { ...identity, sealed, lastFour: lastFourOf(value), boundOrigins } });
}

const bind = (tx: Transaction, row: Secret, origins: readonly string[]): Promise<Secret> =>
  tx.secret.update({ where: { id: row.id }, data: { boundOrigins: [...new Set(origins)] } });

/** Replaces a value that nobody else uses; the new one may go where it was typed in for, and nowhere else. */
async function replace(tx: Transaction, master: MasterKey, row: Secret, input: AttachInput, value: string) {
  const { providerId, slot } = input;
  const others = await tx.providerSecret.findMany({
    where: { secretRowId: row.id, NOT: { providerId, slot } },
    select: { provider: { select: { name: true } } },
    orderBy: { provider: { name: 'asc' } },
    take: 5,
  });
  if (others.length > 0) {
    throw new InputError(
      'SECRET_VALUE_DIFFERS',
      `This is not the value stored as ${row.secretId}, which ${others.map(({ provider }) => provider.name).join(', ')} uses too. ` +
        'Enter the stored value, rotate the secret under Secrets, or choose another secret.',
      input.valueField,
    );
  }
  return bind(tx, await rotateInPlace(tx, master, row, value, () => input.originsOf(value)[0]), input.originsOf(value));
}

/**
 * Seals a secret for a provider. A stored value goes to a new origin only when that origin is the first it is used
 * with, or when the value itself is given again: whoever may edit a base URL does not thereby get the key.
 * @throws InputError on the fields of the input
 */
export async function attachSecret(tx: Transaction, master: MasterKey, input: AttachInput): Promise<Attached> {
  const { projectId, secretId, providerId: id, field } = input;
  const given = input.secretValue === null ? null : cleanSecretValue(input.secretValue, input.valueField);
  const finish = (row: Secret, value: string, did: Attached['did']): Attached => {
    const origins = input.originsOf(value);
    const credential = sealForProvider(master, value, row, { id, origin: origins[0] });
    return { secretRowId: row.id, credential, origins, did };
  };

  const row = await tx.secret.findUnique({ where: { projectId_secretId: { projectId, secretId } } });
  if (row === null) {
    if (given === null) throw missing(secretId, field);
    return finish(await create(tx, master, input, given), given, 'created');
  }
  const stored = openStored(master, row);
  if (given !== null && !isSameValue(given, stored)) {
    return finish(await replace(tx, master, row, input, given), given, 'rotated');
  }
  if (given === null) checkBound(row, input.originsOf(stored), field);
  if (input.originsOf(stored).every((origin) => row.boundOrigins.includes(origin))) {
    return finish(row, stored, 'attached');
  }
  return finish(await bind(tx, row, [...row.boundOrigins, ...input.originsOf(stored)]), stored, 'bound');
}

export function missing(secretId: string, field: string): InputError {
  return new InputError(
    'SECRET_MISSING',
    `There is no secret ${secretId}. Enter its value, or create it under Secrets first.`,
    field,
  );
}

/** A value that is bound already goes nowhere else by itself. @throws InputError `SECRET_ORIGIN_UNBOUND` */
export function checkBound(
  row: Pick<Secret, 'secretId' | 'boundOrigins'>,
  origins: readonly string[],
  field: string,
): void {
  const unbound = origins.find((origin) => !row.boundOrigins.includes(origin));
  if (unbound === undefined || row.boundOrigins.length === 0) return;
  throw new InputError(
    'SECRET_ORIGIN_UNBOUND',
    `${row.secretId} may only be sent to ${row.boundOrigins.join(', ')}. To send it to ${unbound} too, enter its value again.`,
    field,
  );
}

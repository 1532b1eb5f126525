import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Prisma } from '@weir/prisma';
import { DateTime } from '../platform/scalars.js';

@ObjectType({ description: 'A place a secret is used in.' })
export class SecretUse {
  @Field(() => String)
  provider: string;

  @Field(() => String, { description: 'What as: `api_key`, `access_key_id`, ...' })
  slot: string;
}

@ObjectType('Secret')
export class SecretType {
  @Field(() => String)
  secretId: string;

  @Field(() => String)
  lastFour: string;

  @Field(() => Int)
  version: number;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime)
  rotatedAt: Date;

  @Field(() => [String])
  boundOrigins: string[];

  @Field(() => [String], { description: 'Names of the providers that use it.' })
  usedBy: string[];

  @Field(() => [SecretUse])
  uses: SecretUse[];

  @Field(() => Boolean, { description: 'Used by nothing.' })
  orphan: boolean;
}

/** Where a secret is used, beside the row. */
export const WITH_USERS = {
  uses: { select: { slot: true, provider: { select: { name: true } } }, orderBy: { provider: { name: 'asc' } } },
} as const;
type SecretRow = Prisma.SecretGetPayload<{ include: typeof WITH_USERS }>;

/** What may leave: named field by field, so that the sealed value never slips through. */
export function toSecretType(row: SecretRow): SecretType {
  const { secretId, lastFour, version, createdAt, rotatedAt, boundOrigins } = row;
  const uses = row.uses.map(({ slot, provider }) => ({ slot, provider: provider.name }));
  const usedBy = [...new Set(uses.map(({ provider }) => provider))];
  return {
    ...{ secretId, lastFour, version, createdAt, rotatedAt, boundOrigins, usedBy, uses },
    orphan: uses.length === 0,
  };
}

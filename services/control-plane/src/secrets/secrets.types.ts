import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Secret } from '@weir/prisma';
import { DateTime } from '../platform/scalars.js';

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

  @Field(() => [String])
  usedBy: string[];
}

/** Names of the providers that use a secret, beside the row. */
export const WITH_USERS = { providers: { select: { name: true }, orderBy: { name: 'asc' } } } as const;

/** What may leave: named field by field, so that the sealed value never slips through. */
export function toSecretType(row: Secret & { providers: ReadonlyArray<{ name: string }> }): SecretType {
  const { secretId, lastFour, version, createdAt, rotatedAt, boundOrigins } = row;
  const usedBy = row.providers.map(({ name }) => name);
  return { secretId, lastFour, version, createdAt, rotatedAt, boundOrigins, usedBy };
}

import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Prisma } from '@weir/prisma';
import { DateTime } from '../platform/scalars.js';

@ObjectType('ApiToken', { description: 'Lets a script read usage.' })
export class ApiTokenType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  lastFour: string;

  @Field(() => String, { description: 'E-mail.' })
  createdBy: string;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime)
  expiresAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'To the minute; null = never.' })
  lastUsedAt: Date | null;

  @Field(() => DateTime, { nullable: true })
  revokedAt: Date | null;
}

@ObjectType()
export class CreatedApiToken {
  @Field(() => ApiTokenType)
  token: ApiTokenType;

  @Field(() => String, { description: 'Shown once.' })
  secret: string;
}

@InputType()
export class CreateApiTokenInput {
  @Field(() => String)
  name: string;

  @Field(() => Int, { defaultValue: 90, description: '1 to 366.' })
  expiresInDays: number;
}

export const WITH_MAKER = { account: { select: { email: true } } } as const satisfies Prisma.ApiTokenInclude;
type Row = Prisma.ApiTokenGetPayload<{ include: typeof WITH_MAKER }>;

export function toApiToken(row: Row): ApiTokenType {
  const { id, name, lastFour, createdAt, expiresAt, lastUsedAt, revokedAt, account } = row;
  return { id, name, lastFour, createdBy: account.email, createdAt, expiresAt, lastUsedAt, revokedAt };
}

import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Prisma, Token } from '@weir/prisma';
import { EnvironmentType } from '../environments/environments.types.js';
import { DateTime } from '../platform/scalars.js';
import { stateOf, TokenState } from './token-state.js';

registerEnumType(TokenState, { name: 'TokenState' });

@ObjectType('Token')
export class TokenType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  publicId: string;

  @Field(() => Boolean)
  allProviders: boolean;

  @Field(() => [String])
  providers: string[];

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime, { nullable: true })
  expiresAt: Date | null;

  @Field(() => DateTime, { nullable: true })
  revokedAt: Date | null;

  @Field(() => TokenState)
  state: TokenState;
}

@ObjectType('App')
export class AppType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => EnvironmentType)
  environment: EnvironmentType;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => [TokenType])
  tokens: TokenType[];
}

@ObjectType()
export class CreatedToken {
  @Field(() => TokenType)
  token: TokenType;

  @Field(() => String, { description: 'Shown once.' })
  value: string;
}

/** Tokens newest first; an app with more has long-revoked ones nobody looks for. */
export const WITH_TOKENS = {
  environment: true,
  tokens: { orderBy: { id: 'desc' }, take: 200 },
} as const satisfies Prisma.AppInclude;
export type AppRow = Prisma.AppGetPayload<{ include: typeof WITH_TOKENS }>;

export function toTokenType(row: Token): TokenType {
  const { id, name, publicId, allProviders, providers, createdAt, expiresAt, revokedAt } = row;
  const state = stateOf(row, new Date());
  return { id, name, publicId, allProviders, providers, createdAt, expiresAt, revokedAt, state };
}

export function toAppType({ id, name, environment, createdAt, tokens }: AppRow): AppType {
  return { id, name, environment, createdAt, tokens: tokens.map(toTokenType) };
}

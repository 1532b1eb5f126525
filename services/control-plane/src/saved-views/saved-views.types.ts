import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Prisma } from '@weir/prisma';
import { DateTime } from '../platform/scalars.js';

@ObjectType('SavedView', { description: 'A view of Cost & Usage under a name.' })
export class SavedViewType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { description: "The search string of the page's address, without `?`." })
  query: string;

  @Field(() => Boolean, { description: 'Every member of the project sees it.' })
  shared: boolean;

  @Field(() => Boolean)
  mine: boolean;

  @Field(() => String)
  ownerName: string;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime)
  updatedAt: Date;
}

@InputType()
export class SavedViewInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  query: string;

  @Field(() => Boolean)
  shared: boolean;
}

export const WITH_OWNER = { account: { select: { displayName: true } } } as const satisfies Prisma.SavedViewInclude;
export type SavedViewRow = Prisma.SavedViewGetPayload<{ include: typeof WITH_OWNER }>;

export function toSavedView(row: SavedViewRow, accountId: string): SavedViewType {
  const { id, name, query, shared, createdAt, updatedAt, account } = row;
  const mine = row.accountId === accountId;
  return { id, name, query, shared, mine, ownerName: account.displayName, createdAt, updatedAt };
}

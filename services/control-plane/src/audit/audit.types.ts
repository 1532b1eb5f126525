import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@ObjectType('AuditEntry')
export class AuditEntryType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  actor: string;

  @Field(() => String)
  action: string;

  @Field(() => String)
  subject: string;

  @Field(() => DateTime)
  createdAt: Date;
}

@ObjectType('AuditPage')
export class AuditPageType {
  @Field(() => [AuditEntryType])
  nodes: AuditEntryType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}

import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@ObjectType('Session')
export class SessionType {
  @Field(() => ID)
  id: string;

  @Field(() => Boolean)
  current: boolean;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime)
  lastSeenAt: Date;

  @Field(() => DateTime)
  expiresAt: Date;

  @Field(() => String, { nullable: true })
  userAgent: string | null;

  @Field(() => String, { nullable: true })
  address: string | null;
}

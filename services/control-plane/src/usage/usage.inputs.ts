import { Field, ID, InputType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';
import { Outcome } from './enums.js';

@InputType()
export class TimeRange {
  @Field(() => DateTime)
  from: Date;

  @Field(() => DateTime)
  to: Date;
}

@InputType()
export class CallFilter {
  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  apps?: string[] | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [Outcome], { nullable: true })
  outcomes?: Outcome[] | null;

  @Field(() => [ID], { nullable: true, description: 'All attempts at these calls.' })
  callIds?: string[] | null;

  @Field(() => DateTime, { nullable: true })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;
}

@InputType()
export class UsageFilter {
  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  apps?: string[] | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;
}

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

@InputType({ description: "Values of one key are alternatives. '' = calls without this tag." })
export class TagFilter {
  @Field(() => String)
  key: string;

  @Field(() => [String])
  values: string[];
}

@InputType({
  description: "Lists are alternatives, fields combine. '' in a list = not known, or none. At most 500 values a list.",
})
export class UsageFilter {
  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  apps?: string[] | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [String], { nullable: true })
  providerTypes?: string[] | null;

  @Field(() => [String], { nullable: true })
  users?: string[] | null;

  @Field(() => [String], { nullable: true })
  agents?: string[] | null;

  @Field(() => [TagFilter], { nullable: true, description: 'At most 10 keys; calls must match each.' })
  tags?: TagFilter[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Tokens and spend of these kinds only; calls are those that had any of it.',
  })
  tokenTypes?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Tokens and spend of these kinds only; calls are those that had any of it.',
  })
  costTypes?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'null, true = with providers that have been deleted since.',
  })
  withDeleted?: boolean | null;
}

@InputType()
export class CallFilter extends UsageFilter {
  @Field(() => [Outcome], { nullable: true })
  outcomes?: Outcome[] | null;

  @Field(() => [ID], { nullable: true, description: 'All attempts at these calls.' })
  callIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'All calls of these W3C traces.' })
  traceIds?: string[] | null;

  @Field(() => DateTime, { nullable: true })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;
}

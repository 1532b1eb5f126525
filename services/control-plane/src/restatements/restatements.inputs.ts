import { Field, InputType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@InputType({ description: 'Absent or empty = no restriction.' })
export class RestatementFilterInput {
  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  apps?: string[] | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only calls that have no price yet.' })
  unpricedOnly?: boolean | null;
}

@InputType()
export class PreviewRestatementInput {
  @Field(() => DateTime)
  from: Date;

  @Field(() => DateTime, { description: 'A time in the future means now.' })
  to: Date;

  @Field(() => RestatementFilterInput, { nullable: true })
  filter?: RestatementFilterInput | null;

  @Field(() => String)
  reason: string;
}

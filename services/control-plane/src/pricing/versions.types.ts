import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@ObjectType('PriceVersion', { description: 'An immutable set of published prices.' })
export class PriceVersionType {
  @Field(() => String)
  id: string;

  @Field(() => String)
  source: string;

  @Field(() => DateTime, { description: 'When it was taken over.' })
  date: Date;

  @Field(() => Int)
  entries: number;

  @Field(() => DateTime, { nullable: true, description: 'Calls that began at or after this. null: not in force.' })
  effectiveFrom: Date | null;

  @Field(() => String, { description: '`in_force`, `past`, `held` or `superseded`.' })
  state: string;

  @Field(() => [String], { description: 'Why it is held.' })
  notices: string[];

  @Field(() => String, { nullable: true, description: 'E-mail of who accepted it.' })
  acceptedBy: string | null;
}

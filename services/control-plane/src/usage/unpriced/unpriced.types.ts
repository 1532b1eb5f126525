import { Field, ObjectType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../../platform/scalars.js';

@ObjectType()
export class BucketQuantity {
  @Field(() => String)
  bucket: string;

  @Field(() => Count)
  quantity: number;
}

@ObjectType({ description: 'A model with known rates that resembles one without.' })
export class NearestModel {
  @Field(() => String)
  vendor: string;

  @Field(() => String)
  model: string;

  @Field(() => String)
  because: string;
}

@ObjectType('UnpricedModel', { description: 'Calls whose cost is unknown, by why.' })
export class UnpricedModelType {
  @Field(() => String)
  provider: string;

  @Field(() => String, { nullable: true })
  providerType: string | null;

  @Field(() => String, { description: 'Empty: the calls named none.' })
  model: string;

  @Field(() => String, {
    description: '`usage_unknown`: the upstream did not say what was used. Anything else: a price is missing.',
  })
  reason: string;

  @Field(() => Count)
  calls: number;

  @Field(() => DateTime)
  firstAt: Date;

  @Field(() => DateTime)
  lastAt: Date;

  @Field(() => [BucketQuantity], { description: 'What is known to have been used.' })
  quantities: BucketQuantity[];

  @Field(() => Decimal, { nullable: true, description: 'Cost at the rates of `nearest`; null: it cannot be told.' })
  exposure: string | null;

  @Field(() => NearestModel, { nullable: true })
  nearest: NearestModel | null;
}

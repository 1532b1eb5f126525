import { Field, ObjectType } from '@nestjs/graphql';
import { DateTime, Decimal } from '../platform/scalars.js';

@ObjectType()
export class BucketRate {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal)
  usdPerMillion: string;
}

@ObjectType({
  description: 'One bucket of a rate card, at the base tier. A rate that is null is not known, which is not 0.',
})
export class RateCardBucket {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal, { nullable: true })
  catalogUsdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true, description: 'null: not overridden.' })
  overrideUsdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true })
  effectiveUsdPerMillion: string | null;

  @Field(() => String, { nullable: true, description: 'List the catalog rate was read in.' })
  source: string | null;

  @Field(() => String, { nullable: true })
  sourceUrl: string | null;

  @Field(() => String, { nullable: true, description: 'The day the source vouches for, `YYYY-MM-DD`.' })
  asOf: string | null;
}

@ObjectType({ description: 'What 1M input and 1M output tokens cost. null: a rate is missing.' })
export class PriceExample {
  @Field(() => Decimal, { nullable: true })
  catalogUsd: string | null;

  @Field(() => Decimal, { nullable: true })
  effectiveUsd: string | null;
}

@ObjectType()
export class OverrideChange {
  @Field(() => DateTime)
  at: Date;

  @Field(() => String, { description: 'E-mail of who did it.' })
  by: string;

  @Field(() => [BucketRate], { description: 'The whole override from then on; empty: it was cleared.' })
  rates: BucketRate[];

  @Field(() => DateTime, { description: 'It holds for calls that began at or after this,' })
  from: Date;

  @Field(() => DateTime, { nullable: true, description: 'and before this. null: still in force.' })
  until: Date | null;
}

@ObjectType({ description: 'Prices of one model of one provider: the catalog, and what overrides it.' })
export class RateCard {
  @Field(() => String)
  model: string;

  @Field(() => String, { nullable: true, description: 'Of the catalog in force; null: the catalog has no such model.' })
  priceVersion: string | null;

  @Field(() => [RateCardBucket])
  buckets: RateCardBucket[];

  @Field(() => PriceExample)
  example: PriceExample;

  @Field(() => [OverrideChange], { description: 'Newest first.' })
  history: OverrideChange[];
}

@ObjectType()
export class PriceWarning {
  @Field(() => String)
  bucket: string;

  @Field(() => String, { description: '`per_token`, `far_above` or `far_below`.' })
  code: string;

  @Field(() => String)
  message: string;
}

@ObjectType()
export class RateCardPreview {
  @Field(() => PriceExample)
  example: PriceExample;

  @Field(() => [PriceWarning])
  warnings: PriceWarning[];
}

@ObjectType('PriceOverride')
export class PriceOverrideType {
  @Field(() => String)
  model: string;

  @Field(() => [BucketRate])
  rates: BucketRate[];

  @Field(() => DateTime)
  from: Date;

  @Field(() => String, { description: 'E-mail of who set it.' })
  by: string;
}

import { Field, ObjectType } from '@nestjs/graphql';
import { DateTime, Decimal } from '../platform/scalars.js';

@ObjectType()
export class BucketRate {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal, { description: 'In the currency of the override.' })
  perMillion: string;

  @Field(() => Decimal, { nullable: true, description: 'null: it is in another currency.' })
  usdPerMillion: string | null;
}

@ObjectType({
  description: 'One bucket of a rate card, at the base context tier. A rate that is null is not known, which is not 0.',
})
export class RateCardBucket {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal, { nullable: true })
  catalogUsdPerMillion: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: 'null: not overridden, or in a currency without an exchange rate.',
  })
  overrideUsdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true, description: 'In the currency of the override. null: not overridden.' })
  overridePerMillion: string | null;

  @Field(() => String, { nullable: true, description: 'null: not overridden.' })
  overrideCurrency: string | null;

  @Field(() => String, {
    description: 'What the rate is for 1M of: `token`, `search`, `request`, `image`, `second`, …',
  })
  unit: string;

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
  @Field(() => DateTime, { description: 'When it was made: calls rated earlier did not know of it.' })
  at: Date;

  @Field(() => String, { description: 'E-mail of who did it.' })
  by: string;

  @Field(() => [BucketRate], { description: 'The whole override from then on; empty: it was cleared.' })
  rates: BucketRate[];

  @Field(() => String, { nullable: true, description: 'null: every service tier.' })
  serviceTier: string | null;

  @Field(() => String, { description: 'Of the rates, ISO 4217.' })
  currency: string;

  @Field(() => DateTime, { description: 'It holds for calls that began at or after this,' })
  from: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'and before this. null: still in force; the same as `from`: a later change took all of its place.',
  })
  until: Date | null;
}

@ObjectType({ description: 'Prices of one model of one provider: the catalog, and what overrides it.' })
export class RateCard {
  @Field(() => String)
  model: string;

  @Field(() => String, { description: 'The service tier that the rates are for.' })
  serviceTier: string;

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

  @Field(() => String, { description: '`per_token`, `far_above`, `far_below` or `exchange_rate_missing`.' })
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

  @Field(() => String, { nullable: true, description: 'null: every service tier.' })
  serviceTier: string | null;

  @Field(() => String, { description: 'Of the rates, ISO 4217.' })
  currency: string;

  @Field(() => [BucketRate])
  rates: BucketRate[];

  @Field(() => DateTime)
  from: Date;

  @Field(() => String, { description: 'E-mail of who set it.' })
  by: string;
}

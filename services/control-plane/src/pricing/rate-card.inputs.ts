import { Field, InputType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@InputType()
export class BucketRateInput {
  @Field(() => String)
  bucket: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Price of 1M units in the currency named beside the rates, a decimal with at most 6 places. Blank = as in the catalog, 0 = free.',
  })
  perMillion?: string | null;

  @Field(() => String, { nullable: true, description: 'The same; counts where `perMillion` is not given.' })
  usdPerMillion?: string | null;
}

@InputType()
export class SetPriceOverrideInput {
  @Field(() => String)
  provider: string;

  @Field(() => String)
  model: string;

  @Field(() => [BucketRateInput], {
    description: 'The whole override: a bucket that is not named is as in the catalog.',
  })
  rates: BucketRateInput[];

  @Field(() => String, {
    nullable: true,
    description:
      '`default`, `flex`, `priority`, `batch` or `scale`. null: every tier; one for the tier of a call goes before it, bucket by bucket.',
  })
  serviceTier?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the rates, ISO 4217; USD where none is named.' })
  currency?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Calls that began at or after this. null = now. A time in the past changes what is rated from now on and no rating that is booked: a restatement does that.',
  })
  validFrom?: Date | null;
}

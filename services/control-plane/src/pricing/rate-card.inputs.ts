import { Field, InputType } from '@nestjs/graphql';

@InputType()
export class BucketRateInput {
  @Field(() => String)
  bucket: string;

  @Field(() => String, {
    description: 'USD per 1M tokens, a decimal with at most 6 places. Blank = as in the catalog, 0 = free.',
  })
  usdPerMillion: string;
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
}

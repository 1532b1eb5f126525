import { Field, ObjectType } from '@nestjs/graphql';
import { Count, Decimal } from '../platform/scalars.js';

@ObjectType()
export class CatalogRate {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal)
  usdPerMillion: string;

  @Field(() => Count, {
    description: 'It holds for the whole request once that reads more tokens than this; 0 = base.',
  })
  aboveTokens: number;

  @Field(() => String, { description: '`default`, `flex`, `priority`, `batch` or `scale`.' })
  serviceTier: string;
}

@ObjectType()
export class CatalogModel {
  @Field(() => String)
  id: string;

  @Field(() => String, { nullable: true })
  displayName: string | null;

  @Field(() => String, { nullable: true })
  family: string | null;

  @Field(() => Count, { nullable: true })
  contextTokens: number | null;

  @Field(() => Count, { nullable: true })
  maxOutputTokens: number | null;

  @Field(() => [String], { description: 'Empty also where the source names none.' })
  capabilities: string[];

  @Field(() => Decimal, { nullable: true, description: 'Base tier. null: there is no published rate, which is not 0.' })
  inputUsdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Base tier. null: there is no published rate, which is not 0.' })
  outputUsdPerMillion: string | null;

  @Field(() => [CatalogRate])
  rates: CatalogRate[];

  @Field(() => String, { nullable: true })
  source: string | null;

  @Field(() => String, { nullable: true })
  sourceUrl: string | null;

  @Field(() => String, { nullable: true, description: 'The day the source vouches for, `YYYY-MM-DD`.' })
  asOf: string | null;

  @Field(() => Boolean, { description: 'Bedrock: the bare id is refused by the upstream, one of `profiles` is not.' })
  needsInferenceProfile: boolean;

  @Field(() => [String], { description: 'Bedrock: ids of the inference profiles of this model.' })
  profiles: string[];
}

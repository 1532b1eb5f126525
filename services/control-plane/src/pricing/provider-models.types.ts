import { Field, ObjectType } from '@nestjs/graphql';
import { Count, Decimal } from '../platform/scalars.js';

@ObjectType({
  description:
    'One model of a provider with its prices and its last 7 days. Figures are null while they cannot be read, which is not 0.',
})
export class ProviderModel {
  @Field(() => String)
  model: string;

  @Field(() => Boolean, { description: 'Calls for it are let through.' })
  exposed: boolean;

  @Field(() => Boolean)
  inCatalog: boolean;

  @Field(() => Decimal, { nullable: true, description: 'In force: the override, else the catalog. null: not known.' })
  inputUsdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true, description: 'In force: the override, else the catalog. null: not known.' })
  outputUsdPerMillion: string | null;

  @Field(() => Boolean)
  overridden: boolean;

  @Field(() => Decimal, { nullable: true })
  spendUsd: string | null;

  @Field(() => Count, { nullable: true })
  requests: number | null;

  @Field(() => Count, { nullable: true })
  tokens: number | null;

  @Field(() => Count, { nullable: true, description: 'Calls whose cost is not known.' })
  unpriced: number | null;
}

import { Field, ObjectType } from '@nestjs/graphql';
import { Count, Decimal } from '../../platform/scalars.js';

@ObjectType('UsageFacet')
export class UsageFacetType {
  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => Boolean)
  deleted: boolean;

  @Field(() => Count)
  calls: number;

  @Field(() => Decimal)
  spend: string;
}

@ObjectType('UsageFacets')
export class UsageFacetsType {
  @Field(() => [UsageFacetType], { description: 'Biggest spend first.' })
  values: UsageFacetType[];

  @Field(() => Boolean, { description: 'There are values beyond `first`.' })
  more: boolean;
}

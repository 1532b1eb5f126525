import { Field, ObjectType } from '@nestjs/graphql';
import { Count, Decimal } from '../platform/scalars.js';

@ObjectType()
export class CatalogRate {
  @Field(() => String)
  bucket: string;

  @Field(() => Decimal)
  usdPerMillion: string;

  @Field(() => Count)
  above: number;
}

@ObjectType()
export class CatalogModel {
  @Field(() => String)
  id: string;

  @Field(() => String, { nullable: true })
  displayName: string | null;

  @Field(() => Count, { nullable: true })
  contextTokens: number | null;

  @Field(() => [CatalogRate])
  rates: CatalogRate[];
}

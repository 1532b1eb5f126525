import { Field, ObjectType } from '@nestjs/graphql';
import { DateTime, Decimal } from '../../platform/scalars.js';
import { UsageDimension } from '../enums.js';

@ObjectType('AnomalyFilter', { description: 'Narrows Cost & Usage to what stood out.' })
export class AnomalyFilterType {
  @Field(() => UsageDimension)
  dimension: UsageDimension;

  @Field(() => String)
  key: string;
}

@ObjectType('UsageAnomaly')
export class UsageAnomalyType {
  @Field(() => DateTime)
  day: Date;

  @Field(() => UsageDimension)
  dimension: UsageDimension;

  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => Decimal)
  actual: string;

  @Field(() => Decimal)
  expected: string;

  @Field(() => Decimal)
  excess: string;

  @Field(() => String)
  cause: string;

  @Field(() => [AnomalyFilterType])
  filter: AnomalyFilterType[];
}

@ObjectType('UsageAnomalies')
export class UsageAnomaliesType {
  @Field(() => [UsageAnomalyType], { description: 'Biggest excess first.' })
  found: UsageAnomalyType[];

  @Field(() => String)
  method: string;
}

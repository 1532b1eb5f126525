import { Field, ObjectType } from '@nestjs/graphql';
import { DateTime, Decimal } from '../../platform/scalars.js';

@ObjectType('ForecastDay')
export class ForecastDayType {
  @Field(() => DateTime)
  day: Date;

  @Field(() => Decimal)
  low: string;

  @Field(() => Decimal)
  expected: string;

  @Field(() => Decimal)
  high: string;
}

@ObjectType('UsageForecast')
export class UsageForecastType {
  @Field(() => DateTime)
  monthStart: Date;

  @Field(() => DateTime)
  monthEnd: Date;

  @Field(() => Decimal, { description: 'Spent since the month began, exactly.' })
  soFar: string;

  @Field(() => Decimal, { description: 'Of the whole month.' })
  expected: string;

  @Field(() => Decimal)
  low: string;

  @Field(() => Decimal)
  high: string;

  @Field(() => [ForecastDayType], { description: 'Today and the days that are left.' })
  days: ForecastDayType[];

  @Field(() => String)
  method: string;
}

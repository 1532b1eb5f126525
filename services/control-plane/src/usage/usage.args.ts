import { ArgsType, Field, Int } from '@nestjs/graphql';
import { Interval, UsageDimension, UsageOrder } from './enums.js';
import { TimeRange, UsageFilter } from './usage.inputs.js';

@ArgsType()
export class InRange {
  @Field(() => TimeRange)
  range: TimeRange;

  @Field(() => UsageFilter, { nullable: true })
  filter?: UsageFilter | null;
}

@ArgsType()
export class InZone extends InRange {
  @Field(() => String, { nullable: true, defaultValue: 'UTC' })
  timeZone?: string | null;
}

@ArgsType()
export class QualityArgs extends InZone {
  @Field(() => Interval)
  interval: Interval;
}

@ArgsType()
export class OverTimeArgs extends QualityArgs {
  @Field(() => UsageDimension)
  groupBy: UsageDimension;

  @Field(() => String, { nullable: true, description: 'Which tag, where `groupBy` is `tag`.' })
  tagKey?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 12 })
  top?: number | null;
}

@ArgsType()
export class BreakdownArgs extends InRange {
  @Field(() => UsageDimension)
  groupBy: UsageDimension;

  @Field(() => String, { nullable: true, description: 'Which tag, where `groupBy` is `tag`.' })
  tagKey?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 100 })
  first?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 0 })
  offset?: number | null;

  @Field(() => UsageOrder, { nullable: true, defaultValue: UsageOrder.spend })
  orderBy?: UsageOrder | null;
}

@ArgsType()
export class FacetsArgs extends InRange {
  @Field(() => UsageDimension)
  dimension: UsageDimension;

  @Field(() => String, { nullable: true, description: 'Which tag, where `dimension` is `tag`.' })
  tagKey?: string | null;

  @Field(() => String, { nullable: true, description: 'A part of the value, in any case.' })
  search?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 100 })
  first?: number | null;
}

@ArgsType()
export class ChangeArgs extends InRange {
  @Field(() => TimeRange)
  previous: TimeRange;

  @Field(() => UsageDimension)
  groupBy: UsageDimension;

  @Field(() => String, { nullable: true, description: 'Which tag, where `groupBy` is `tag`.' })
  tagKey?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;
}

@ArgsType()
export class ForecastArgs {
  @Field(() => UsageFilter, { nullable: true })
  filter?: UsageFilter | null;

  @Field(() => String, { nullable: true, defaultValue: 'UTC' })
  timeZone?: string | null;
}

import { Field, InputType } from '@nestjs/graphql';
import { ReportFormat, ReportInterval } from '@weir/prisma';
import { UsageDimension } from '../usage/enums.js';
import { TimeRange, UsageFilter } from '../usage/usage.inputs.js';

@InputType()
export class CreateUsageReportInput {
  @Field(() => TimeRange)
  range: TimeRange;

  @Field(() => ReportInterval)
  interval: ReportInterval;

  @Field(() => [UsageDimension], {
    description: 'One column each, in this order. Kinds of token and of cost are columns of every report already.',
  })
  dimensions: UsageDimension[];

  @Field(() => [String], { nullable: true, description: 'One column for each tag of these keys.' })
  tagKeys?: string[] | null;

  @Field(() => UsageFilter, { nullable: true })
  filter?: UsageFilter | null;

  @Field(() => String, { nullable: true, defaultValue: 'UTC', description: 'IANA name: days begin by its clock.' })
  timeZone?: string | null;

  @Field(() => ReportFormat)
  format: ReportFormat;
}

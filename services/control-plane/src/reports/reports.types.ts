import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ReportFormat, ReportInterval, ReportState } from '@weir/prisma';
import { Count, DateTime } from '../platform/scalars.js';

registerEnumType(ReportFormat, { name: 'ReportFormat' });
registerEnumType(ReportInterval, { name: 'ReportInterval' });
registerEnumType(ReportState, { name: 'ReportState' });

@ObjectType('UsageReport', { description: 'A file of usage figures: ordered, made in the background, downloaded.' })
export class UsageReportType {
  @Field(() => ID)
  id: string;

  @Field(() => ReportState)
  state: ReportState;

  @Field(() => ReportFormat)
  format: ReportFormat;

  @Field(() => ReportInterval)
  interval: ReportInterval;

  @Field(() => Float, { description: 'From 0 to 1: how much of the range is in the file.' })
  progress: number;

  @Field(() => Count, { description: 'Written so far, without the header.' })
  rows: number;

  @Field(() => Count, { description: 'Written so far.' })
  bytes: number;

  @Field(() => String, { nullable: true, description: 'A path on the console’s origin; null: there is no file.' })
  downloadUrl: string | null;

  @Field(() => String)
  fileName: string;

  @Field(() => String, { nullable: true, description: 'Hex, of the whole file; null: there is no file.' })
  sha256: string | null;

  @Field(() => DateTime, { description: 'What was stored later is not in it.' })
  asOf: Date;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => String, { description: 'E-mail.' })
  createdBy: string;

  @Field(() => DateTime, { nullable: true, description: 'When the file goes; null: it is not ready.' })
  expiresAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, or what it waits for, and what to do.' })
  problem: string | null;
}

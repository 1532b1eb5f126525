import { Field, Float, ObjectType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../../platform/scalars.js';

@ObjectType('QualityPoint', { description: 'null = there is nothing to work it out from.' })
export class QualityPointType {
  @Field(() => Count)
  attempts: number;

  @Field(() => Count)
  failed: number;

  @Field(() => Float, { nullable: true, description: 'Failed by attempts that were sent on, 0 to 1.' })
  errorRate: number | null;

  @Field(() => Float, { nullable: true })
  latencyP50Ms: number | null;

  @Field(() => Float, { nullable: true })
  latencyP95Ms: number | null;

  @Field(() => Float, { nullable: true })
  latencyP99Ms: number | null;

  @Field(() => Float, { nullable: true })
  firstTokenP50Ms: number | null;

  @Field(() => Float, { nullable: true })
  firstTokenP95Ms: number | null;

  @Field(() => Float, { nullable: true })
  firstTokenP99Ms: number | null;

  @Field(() => Float, { nullable: true, description: 'Cached input by input, cached input and cache writes, 0 to 1.' })
  cacheHitRate: number | null;

  @Field(() => Decimal, { nullable: true, description: 'Spend by calls with a known cost.' })
  costPerCall: string | null;

  @Field(() => Decimal, { nullable: true })
  costPerThousandOutputTokens: string | null;
}

@ObjectType('UsageQuality')
export class UsageQualityType {
  @Field(() => [DateTime])
  buckets: Date[];

  @Field(() => [QualityPointType], { description: 'One a bucket.' })
  points: QualityPointType[];

  @Field(() => QualityPointType)
  whole: QualityPointType;

  @Field(() => String, { description: 'How exact the percentiles are.' })
  accuracy: string;
}

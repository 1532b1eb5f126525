import { Field, ObjectType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../platform/scalars.js';

@ObjectType('UsageTotals', {
  description:
    'Sums. `calls` are first attempts; `attempts` and all other counts are of attempts. `unpricedCalls` have an unknown cost.',
})
export class UsageTotalsType {
  @Field(() => Count)
  calls: number;

  @Field(() => Count)
  attempts: number;

  @Field(() => Count, { description: 'Through paths whose usage nothing here can read.' })
  opaqueCalls: number;

  @Field(() => Count, { description: "Repeats of an earlier request, as the client's SDK says." })
  retriedCalls: number;

  @Field(() => Count)
  failedCalls: number;

  @Field(() => Count)
  refusedCalls: number;

  @Field(() => Count)
  unpricedCalls: number;

  @Field(() => Count, { description: 'Known to cost nothing.' })
  freeCalls: number;

  @Field(() => Count)
  callsWithoutUsage: number;

  @Field(() => Count)
  estimatedCalls: number;

  @Field(() => Decimal)
  spend: string;

  @Field(() => Count)
  inputTokens: number;

  @Field(() => Count)
  cachedInputTokens: number;

  @Field(() => Count)
  cacheWriteTokens: number;

  @Field(() => Count)
  outputTokens: number;

  @Field(() => Count)
  reasoningTokens: number;

  @Field(() => Count)
  totalTokens: number;

  @Field(() => Decimal)
  spendInput: string;

  @Field(() => Decimal)
  spendCachedInput: string;

  @Field(() => Decimal)
  spendCacheWrite: string;

  @Field(() => Decimal)
  spendOutput: string;

  @Field(() => Decimal)
  spendReasoning: string;

  @Field(() => Decimal, { description: 'Charges that are not for tokens: searches, fees for a request.' })
  spendOther: string;

  @Field(() => Decimal, { description: 'Input that tools brought in; not part of `spendInput`.' })
  spendToolUse: string;

  @Field(() => Count, { description: 'Input that tools brought in; part of `inputTokens`.' })
  toolUseInputTokens: number;
}

@ObjectType('UsageGroupSeries', {
  description: 'One value a bucket, zeros included. The group with `other` true adds up what `top` left out.',
})
export class UsageGroupSeriesType {
  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => String, { nullable: true })
  providerType: string | null;

  @Field(() => Boolean)
  other: boolean;

  @Field(() => Boolean)
  deleted: boolean;

  @Field(() => [Decimal])
  spend: string[];

  @Field(() => [Count])
  calls: number[];

  @Field(() => [Count])
  tokens: number[];

  @Field(() => [Count], { description: 'Calls whose cost is unknown; `spend` is without them.' })
  unpricedCalls: number[];
}

@ObjectType('UsageSeries')
export class UsageSeriesType {
  @Field(() => [DateTime])
  buckets: Date[];

  @Field(() => [UsageGroupSeriesType])
  groups: UsageGroupSeriesType[];

  @Field(() => Count, { description: 'Groups that the one with `other` true adds up.' })
  otherGroups: number;

  @Field(() => UsageTotalsType)
  totals: UsageTotalsType;
}

@ObjectType('UsageGroup')
export class UsageGroupType {
  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => String, { nullable: true })
  providerType: string | null;

  @Field(() => Boolean)
  deleted: boolean;

  @Field(() => UsageTotalsType)
  totals: UsageTotalsType;
}

@ObjectType('ProviderKpis')
export class ProviderKpisType {
  @Field(() => Decimal)
  spend: string;

  @Field(() => Count)
  unpricedCalls: number;

  @Field(() => Count)
  requests: number;

  @Field(() => Count)
  tokens: number;

  @Field(() => [Decimal])
  spendByDay: string[];

  @Field(() => [Count], { description: 'A day with such calls and no spend is unpriced, not free.' })
  unpricedCallsByDay: number[];

  @Field(() => [Count])
  requestsByDay: number[];

  @Field(() => [Count])
  tokensByDay: number[];
}

import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CallPage, CallType } from './calls.types.js';
import { UsageOrder } from './enums.js';
import { BreakdownArgs, InRange, OverTimeArgs } from './usage.args.js';
import { CallFilter } from './usage.inputs.js';
import { UsageService } from './usage.service.js';
import { UsageGroupType, UsageSeriesType, UsageTotalsType } from './usage.types.js';

@Resolver()
export class UsageResolver {
  constructor(private readonly usage: UsageService) {}

  @Query(() => CallPage)
  @Allow('call.read')
  calls(
    @CurrentViewer() viewer: Viewer,
    @Args('filter', { type: () => CallFilter, nullable: true }) filter: CallFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<CallPage> {
    return this.usage.calls(viewer, filter ?? {}, first ?? 50, after ?? null);
  }

  @Query(() => CallType, { nullable: true })
  @Allow('call.read')
  call(
    @CurrentViewer() viewer: Viewer,
    @Args('eventId', { type: () => ID }) eventId: string,
  ): Promise<CallType | null> {
    return this.usage.call(viewer, eventId);
  }

  @Query(() => UsageTotalsType)
  @Allow('usage.read')
  usageTotals(@CurrentViewer() viewer: Viewer, @Args() { range, filter }: InRange): Promise<UsageTotalsType> {
    return this.usage.totals(viewer, range, filter ?? {});
  }

  @Query(() => UsageSeriesType, {
    description: 'Buckets begin with hours, days or months of `timeZone`; the range may cut the first and the last.',
  })
  @Allow('usage.read')
  usageOverTime(@CurrentViewer() viewer: Viewer, @Args() args: OverTimeArgs): Promise<UsageSeriesType> {
    const { range, filter, timeZone, top, ...options } = args;
    return this.usage.overTime(
      viewer,
      range,
      { ...options, timeZone: timeZone ?? 'UTC', top: top ?? 12 },
      filter ?? {},
    );
  }

  @Query(() => [UsageGroupType])
  @Allow('usage.read')
  usageBreakdown(@CurrentViewer() viewer: Viewer, @Args() args: BreakdownArgs): Promise<UsageGroupType[]> {
    const { range, filter, first, offset, orderBy, ...by } = args;
    const page = { ...by, first: first ?? 100, offset: offset ?? 0, orderBy: orderBy ?? UsageOrder.spend };
    return this.usage.breakdown(viewer, range, page, filter ?? {});
  }
}

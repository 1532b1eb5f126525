import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CallPage, CallType } from './calls.types.js';
import { Interval, UsageDimension } from './enums.js';
import { CallFilter, TimeRange, UsageFilter } from './usage.inputs.js';
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
  usageTotals(
    @CurrentViewer() viewer: Viewer,
    @Args('range') range: TimeRange,
    @Args('filter', { type: () => UsageFilter, nullable: true }) filter: UsageFilter | null,
  ): Promise<UsageTotalsType> {
    return this.usage.totals(viewer, range, filter ?? {});
  }

  @Query(() => UsageSeriesType)
  @Allow('usage.read')
  usageOverTime(
    @CurrentViewer() viewer: Viewer,
    @Args('range') range: TimeRange,
    @Args('interval', { type: () => Interval }) interval: Interval,
    @Args('groupBy', { type: () => UsageDimension }) groupBy: UsageDimension,
    @Args('filter', { type: () => UsageFilter, nullable: true }) filter: UsageFilter | null,
    @Args('top', { type: () => Int, nullable: true, defaultValue: 12 }) top: number | null,
  ): Promise<UsageSeriesType> {
    return this.usage.overTime(viewer, range, { interval, groupBy, top: top ?? 12 }, filter ?? {});
  }

  @Query(() => [UsageGroupType])
  @Allow('usage.read')
  usageBreakdown(
    @CurrentViewer() viewer: Viewer,
    @Args('range') range: TimeRange,
    @Args('groupBy', { type: () => UsageDimension }) groupBy: UsageDimension,
    @Args('filter', { type: () => UsageFilter, nullable: true }) filter: UsageFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
  ): Promise<UsageGroupType[]> {
    return this.usage.breakdown(viewer, range, groupBy, filter ?? {}, first ?? 100);
  }
}

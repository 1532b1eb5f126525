import { Injectable } from '@nestjs/common';
import {
  callsPage,
  oneCall,
  type ProviderKpis,
  providerKpis,
  usageBreakdown,
  usageOverTime,
  usageTotals,
} from '@weir/clickhouse';
import { InputError, Refusal } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import type { CallPage, CallType } from './calls.types.js';
import type { Interval, UsageDimension, UsageOrder } from './enums.js';
import { inBounds, toCallIds, toTraceIds } from './filter.js';
import { FilterScope } from './filter-scope.service.js';
import { toGrouping } from './grouping.js';
import { labelsOf } from './labels.js';
import { toScope } from './range.js';
import { UsageReader } from './reader.service.js';
import { toTimeZone } from './time-zone.js';
import { toCall } from './to-call.js';
import { atLeastNone, toTotals } from './to-totals.js';
import type { CallFilter, TimeRange, UsageFilter } from './usage.inputs.js';
import type { UsageGroupType, UsageSeriesType, UsageTotalsType } from './usage.types.js';

const MAX_CALLS = 500;
const MAX_GROUPS = 1_000;
const MAX_OFFSET = 100_000;
const MAX_SERIES = 50;

/** Questions about calls and what they cost; always within the viewer's project and a range of time. */
@Injectable()
export class UsageService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    private readonly filters: FilterScope,
  ) {}

  async calls({ projectId }: Viewer, filter: CallFilter, first: number, after: string | null): Promise<CallPage> {
    inBounds('first', first, MAX_CALLS);
    const { outcomes, from, to } = filter;
    if (from && to && from >= to)
      throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'filter');
    const callIds = toCallIds(filter.callIds);
    const traceIds = toTraceIds(filter.traceIds);
    const narrowed = await this.filters.of(projectId, filter);
    const page = await this.reader.ask((reader) =>
      callsPage(reader, projectId, {
        filter: {
          ...narrowed,
          outcomes: outcomes ?? undefined,
          callIds,
          traceIds,
          from: from?.getTime(),
          to: to?.getTime(),
        },
        first,
        after: after ?? undefined,
      }),
    );
    return { ...page, nodes: page.nodes.map(toCall) };
  }

  /** null when the project has no such call. */
  async call({ projectId }: Viewer, eventId: string): Promise<CallType | null> {
    const call = await this.reader.ask((reader) => oneCall(reader, projectId, eventId));
    return call && toCall(call);
  }

  async totals({ projectId }: Viewer, range: TimeRange, filter: UsageFilter): Promise<UsageTotalsType> {
    const scope = toScope(projectId, range);
    const narrowed = await this.filters.of(projectId, filter);
    return toTotals(await this.reader.ask((reader) => usageTotals(reader, scope, narrowed)));
  }

  async overTime(
    { projectId }: Viewer,
    range: TimeRange,
    options: { interval: Interval; groupBy: UsageDimension; tagKey?: string | null; timeZone?: string; top: number },
    filter: UsageFilter,
  ): Promise<UsageSeriesType> {
    const { interval, groupBy, tagKey, timeZone, top } = options;
    inBounds('top', top, MAX_SERIES);
    const scope = toScope(projectId, range, interval);
    const asked = { interval, top, ...toGrouping(groupBy, tagKey), timeZone: toTimeZone(timeZone ?? 'UTC') };
    const narrowed = await this.filters.of(projectId, filter);
    const series = await this.reader.ask((reader) => usageOverTime(reader, scope, { ...asked, filter: narrowed }));
    const keys = series.groups.filter(({ other }) => !other).map(({ key }) => key);
    const labelOf = await labelsOf(this.prisma, projectId, asked, keys);
    return {
      buckets: series.buckets.map((start) => new Date(start)),
      groups: series.groups.map(({ spend, calls, tokens, unpricedCalls, ...group }) => ({
        ...group,
        ...(group.other ? { label: 'Other', deleted: false } : labelOf(group.key)),
        spend: [...spend],
        calls: [...calls],
        tokens: [...tokens],
        unpricedCalls: unpricedCalls.map(atLeastNone),
      })),
      otherGroups: series.otherGroups,
      totals: toTotals(series.totals),
    };
  }

  async breakdown(
    { projectId }: Viewer,
    range: TimeRange,
    page: { groupBy: UsageDimension; tagKey?: string | null; first: number; offset?: number; orderBy?: UsageOrder },
    filter: UsageFilter,
  ): Promise<UsageGroupType[]> {
    const { groupBy, tagKey, first, offset = 0, orderBy } = page;
    inBounds('first', first, MAX_GROUPS);
    inBounds('offset', offset, MAX_OFFSET, 0);
    const scope = toScope(projectId, range);
    const asked = { ...toGrouping(groupBy, tagKey), first, offset, orderBy };
    const narrowed = await this.filters.of(projectId, filter);
    const groups = await this.reader.ask((reader) => usageBreakdown(reader, scope, { ...asked, filter: narrowed }));
    const keys = groups.map(({ key }) => key);
    const labelOf = await labelsOf(this.prisma, projectId, asked, keys);
    return groups.map((group) => ({ ...group, ...labelOf(group.key), totals: toTotals(group.totals) }));
  }

  /** Key figures of all providers of a project, by name; no entry = no calls. */
  kpis(projectId: string): Promise<Map<string, ProviderKpis>> {
    return this.reader.ask((reader) => providerKpis(reader, projectId));
  }

  /** The same for what must show without them: null when the figures cannot be read right now. */
  async kpisIfReadable(projectId: string): Promise<Map<string, ProviderKpis> | null> {
    try {
      return await this.kpis(projectId);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'USAGE_UNAVAILABLE') return null;
      throw error;
    }
  }
}

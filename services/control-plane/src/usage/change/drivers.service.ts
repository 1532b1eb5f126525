import { Injectable } from '@nestjs/common';
import { type Scope, type UsageFilter, type UsageGroup, usageBreakdown } from '@weir/clickhouse';
import { formatUsd, parseUsd } from '@weir/contracts';
import { PrismaService } from '../../platform/prisma.service.js';
import type { UsageDimension } from '../enums.js';
import type { Grouping } from '../grouping.js';
import { labelsOf } from '../labels.js';
import { UsageReader } from '../reader.service.js';
import { atLeastNone } from '../to-totals.js';
import type { ChangeDriverType } from './change.types.js';

/** Beyond these many of a period, the biggest are looked at. */
const MAX_GROUPS = 1_000;

/** A driver before it has a name. */
type Moved = Omit<ChangeDriverType, 'label' | 'deleted'>;
type Periods = readonly [before: readonly UsageGroup[], after: readonly UsageGroup[]];

/** Which groups moved spend, biggest difference first. */
@Injectable()
export class DriversService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
  ) {}

  async between(
    [before, after]: readonly [Scope, Scope],
    grouping: Grouping,
    filter: UsageFilter,
    first: number,
  ): Promise<ChangeDriverType[]> {
    const periods = await this.groups([before, after], grouping, filter);
    const candidates = movedIn(periods).slice(0, first);
    const complete = await this.completed([before, after], grouping, filter, periods, candidates);
    const drivers = movedIn(complete).filter(({ key }) => candidates.some((one) => one.key === key));
    const keys = drivers.map(({ key }) => key);
    const labelOf = await labelsOf(this.prisma, before.projectId, grouping, keys);
    return drivers.map((driver) => ({ ...driver, ...labelOf(driver.key) }));
  }

  private async groups([before, after]: readonly [Scope, Scope], grouping: Grouping, filter: UsageFilter) {
    const of = (scope: Scope) =>
      this.reader.ask((reader) => usageBreakdown(reader, scope, { ...grouping, filter, first: MAX_GROUPS }));
    return Promise.all([of(before), of(after)]);
  }

  /** Where a period has more groups than were read, one that seems to be missing is asked for by its key. */
  private async completed(
    scopes: readonly [Scope, Scope],
    grouping: Grouping,
    filter: UsageFilter,
    periods: Periods,
    candidates: readonly Moved[],
  ): Promise<Periods> {
    if (periods.every((groups) => groups.length < MAX_GROUPS)) return periods;
    const named = narrowed(
      filter,
      grouping,
      candidates.map(({ key }) => key),
    );
    return named === null ? periods : this.groups(scopes, grouping, named);
  }
}

const LISTS: Readonly<Partial<Record<UsageDimension, keyof UsageFilter>>> = {
  ...{ provider: 'providers', provider_type: 'providerTypes', model: 'models', app: 'apps' },
  ...{ user: 'users', agent: 'agents', environment: 'environments' },
};

function narrowed(filter: UsageFilter, { groupBy, tagKey }: Grouping, keys: readonly string[]): UsageFilter | null {
  if (groupBy === 'tag' && tagKey !== undefined) {
    const others = (filter.tags ?? []).filter(({ key }) => key !== tagKey);
    return { ...filter, tags: [...others, { key: tagKey, values: keys }] };
  }
  const list = LISTS[groupBy];
  return list === undefined ? null : { ...filter, [list]: keys };
}

function movedIn([before, after]: Periods): Moved[] {
  const [was, is] = [byKey(before), byKey(after)];
  const size = (text: string) => {
    const amount = parseUsd(text);
    return amount < 0n ? -amount : amount;
  };
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => moved(key, was.get(key), is.get(key)))
    .sort((a, b) => Number(size(b.difference) - size(a.difference)) || (a.key < b.key ? -1 : 1));
}

const byKey = (groups: readonly UsageGroup[]) => new Map(groups.map((group) => [group.key, group]));

function moved(key: string, was: UsageGroup | undefined, is: UsageGroup | undefined): Moved {
  const [before, after] = [was?.totals.spend ?? '0', is?.totals.spend ?? '0'];
  const [isNew, isGone] = [!was?.totals.attempts, !is?.totals.attempts];
  const unpricedIn = (group: UsageGroup | undefined) => atLeastNone(group?.totals.unpricedCalls ?? 0);
  return {
    ...{ key, before, after, difference: formatUsd(parseUsd(after) - parseUsd(before)) },
    ...{ callsBefore: was?.totals.calls ?? 0, callsAfter: is?.totals.calls ?? 0, isNew, isGone },
    ...{ unpricedBefore: unpricedIn(was), unpricedAfter: unpricedIn(is) },
  };
}

import { Injectable } from '@nestjs/common';
import { type UsageFilter as StoredFilter, usageOfGroups } from '@weir/clickhouse';
import { formatUsd } from '@weir/contracts';
import { InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { daysOf } from '../calendar.js';
import { FilterScope } from '../filter-scope.service.js';
import { labelsOf } from '../labels.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import { toTimeZone } from '../time-zone.js';
import type { InZone } from '../usage.args.js';
import type { UsageAnomaliesType, UsageAnomalyType } from './anomalies.types.js';
import { CausesService } from './causes.service.js';
import { BASELINE_DAYS, detect, METHOD, type Outlier } from './detect.js';

const DAY_MS = 86_400_000;
const DIMENSIONS = ['provider', 'model', 'app', 'user'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
const MAX_GROUPS = 50;
const MAX_TOLD = 20;
const MAX_DAYS = 400;
const LIMITED = ` Looked at are the ${MAX_GROUPS} biggest of each; told are the ${MAX_TOLD} days with the biggest excess.`;

/** What stood out, and in which dimension. */
export interface Found extends Outlier {
  readonly dimension: Dimension;
}

@Injectable()
export class AnomaliesService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    private readonly filters: FilterScope,
    private readonly causes: CausesService,
  ) {}

  /** @throws InputError */
  async find({ projectId }: Viewer, args: InZone): Promise<UsageAnomaliesType> {
    const timeZone = toTimeZone(args.timeZone ?? 'UTC');
    const { from, to } = toScope(projectId, args.range);
    if (to - from > MAX_DAYS * DAY_MS) {
      throw new InputError('RANGE_TOO_LONG', `Choose a range of at most ${MAX_DAYS} days.`, 'range');
    }
    const filter = await this.filters.of(projectId, args.filter ?? {});
    const [start = from] = daysOf(from, to, timeZone);
    const scope = { projectId, from: start - BASELINE_DAYS * DAY_MS, to };
    const days = daysOf(scope.from, to, timeZone);
    const first = days.findIndex((day) => day >= start);
    const each = await Promise.all(
      DIMENSIONS.map(async (dimension) => {
        const series = await this.series(scope, dimension, timeZone, filter);
        return series && { dimension, ...series };
      }),
    );
    const [whole] = each;
    const knownFrom = whole?.calls.findIndex((calls) => calls > 0) ?? -1;
    if (!whole || knownFrom < 0) return { found: [], method: METHOD + LIMITED };
    const found = each.flatMap((series) =>
      series
        ? detect(series.groups, whole.spend, knownFrom, { from: first, to: days.length }).map((outlier) => ({
            ...outlier,
            dimension: series.dimension,
          }))
        : [],
    );
    const worst = found.toSorted((a, b) => excessOf(b) - excessOf(a)).slice(0, MAX_TOLD);
    const unread = DIMENSIONS.filter((_, index) => each[index] === null);
    const missing = unread.length === 0 ? '' : ` Not looked at, for it would read too much: ${unread.join(', ')}.`;
    return {
      found: await this.tell(projectId, worst, { days, to, knownFrom, filter }),
      method: METHOD + LIMITED + missing,
    };
  }

  /** null = it would read too much; the first dimension must be readable. */
  private async series(
    scope: { readonly projectId: string; readonly from: number; readonly to: number },
    dimension: Dimension,
    timeZone: string,
    filter: StoredFilter,
  ) {
    try {
      const { groups, buckets } = await this.reader.ask((reader) =>
        usageOfGroups(reader, scope, { interval: 'day', groupBy: dimension, timeZone, filter, top: MAX_GROUPS }),
      );
      const named = groups.filter(({ other }) => !other);
      const sum = (value: (group: (typeof groups)[number]) => number | string | undefined) =>
        groups.reduce((total, group) => total + Number(value(group) ?? 0), 0);
      return {
        groups: named.map(({ key, spend }) => ({ key, spend: spend.map(Number) })),
        spend: buckets.map((_, index) => sum(({ spend }) => spend[index])),
        calls: buckets.map((_, index) => sum(({ calls }) => calls[index])),
      };
    } catch (error) {
      if (dimension !== 'provider' && error instanceof InputError && error.code === 'QUERY_TOO_COSTLY') return null;
      throw error;
    }
  }

  private async tell(
    projectId: string,
    found: readonly Found[],
    { days, to, knownFrom, filter }: Looked,
  ): Promise<UsageAnomalyType[]> {
    const causes = await this.causes.of(projectId, found, { days, to, knownFrom, filter });
    const labels = new Map(
      await Promise.all(
        DIMENSIONS.map(async (dimension) => {
          const keys = found.filter((one) => one.dimension === dimension).map(({ key }) => key);
          return [dimension, await labelsOf(this.prisma, projectId, { groupBy: dimension }, keys)] as const;
        }),
      ),
    );
    return found.map((one, index) => {
      const { dimension, key, actual, expected } = one;
      const cause = causes[index];
      const own = { dimension, key };
      const drill = cause
        ? [{ dimension: 'app', key: cause.app } as const, { dimension: 'model', key: cause.model } as const]
        : [];
      return {
        ...{ ...own, label: labels.get(dimension)?.(key).label ?? key, day: new Date(days[one.day] ?? to) },
        ...{ actual: usd(actual), expected: usd(expected), excess: usd(actual - expected) },
        cause:
          (cause?.text ?? 'No call of that day is left to compare.') +
          (one.run > 1 ? ` ${one.run} days in a row stood out.` : ''),
        filter: [own, ...drill.filter((step) => step.dimension !== dimension)],
      };
    });
  }
}

export interface Looked {
  /** Starts of days, `[0]` the first of the baseline. */
  readonly days: readonly number[];
  readonly to: number;
  /** Position of the first day with a call. */
  readonly knownFrom: number;
  readonly filter: StoredFilter;
}

const excessOf = ({ actual, expected }: Outlier): number => actual - expected;

/** To the millionth of a dollar: a median is no booked amount. */
const usd = (amount: number): string => formatUsd(BigInt(Math.round(amount * 1e6)) * 1_000_000n);

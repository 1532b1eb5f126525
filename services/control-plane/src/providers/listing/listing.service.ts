import { Injectable } from '@nestjs/common';
import { InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import { UsageService } from '../../usage/usage.service.js';
import { type ProviderFilter, ProviderSort } from '../providers.inputs.js';
import { type ProviderRow, WITH_CREDENTIALS } from '../providers.types.js';
import { whereOf } from './filter.js';
import { compareSpend, fromCursor, orderByOf, type Place, placeOf, toCursor, whereBeyond } from './place.js';

const MAX_PAGE = 500;
/** Sorting by spend compares all of a project's providers with figures from elsewhere. */
const MAX_COMPARED = 10_000;

export interface ProviderQuery {
  readonly filter: ProviderFilter;
  readonly sort: ProviderSort;
  readonly descending: boolean;
  readonly first: number;
  readonly after: string | null;
}

export interface ProviderRows {
  readonly rows: ProviderRow[];
  readonly endCursor: string | null;
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

/** Providers of a project, a page at a time. */
@Injectable()
export class ProviderListing {
  constructor(
    private readonly prisma: PrismaService,
    private readonly usage: UsageService,
  ) {}

  /** @throws InputError `CURSOR_INVALID`, `FIRST_INVALID` */
  async page(projectId: string, query: ProviderQuery): Promise<ProviderRows> {
    const { first, sort } = query;
    if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
      throw new InputError('FIRST_INVALID', `Ask for 1 to ${MAX_PAGE} providers at a time.`, 'first');
    }
    if (sort !== ProviderSort.spend) return this.pageByColumn(projectId, query, sort);
    return this.pageBySpend(projectId, query);
  }

  private async pageByColumn(
    projectId: string,
    { filter, descending, first, after }: ProviderQuery,
    sort: Exclude<ProviderSort, ProviderSort.spend>,
  ): Promise<ProviderRows> {
    const where = whereOf(projectId, filter);
    const place = after === null ? null : fromCursor(sort, after);
    const [found, totalCount] = await Promise.all([
      this.prisma.provider.findMany({
        where: place ? { AND: [where, whereBeyond(sort, descending, place)] } : where,
        include: WITH_CREDENTIALS,
        orderBy: orderByOf(sort, descending),
        take: first + 1,
      }),
      this.prisma.provider.count({ where }),
    ]);
    const rows = found.slice(0, first);
    const last = rows.at(-1);
    return {
      rows,
      endCursor: last ? toCursor(sort, placeOf(sort, last)) : null,
      hasNextPage: found.length > first,
      totalCount,
    };
  }

  private async pageBySpend(projectId: string, query: ProviderQuery): Promise<ProviderRows> {
    const { filter, descending, first, after } = query;
    const [spendOf, all] = await Promise.all([
      this.spendByName(projectId),
      this.prisma.provider.findMany({
        where: whereOf(projectId, filter),
        select: { id: true, name: true },
        take: MAX_COMPARED,
      }),
    ]);
    const compare = compareSpend(descending);
    const places = all.map(({ id, name }): Place => ({ id, name, value: spendOf.get(name) ?? '0' })).sort(compare);
    const last = after === null ? null : fromCursor(ProviderSort.spend, after);
    const beyond = last ? places.filter((place) => compare(place, last) > 0) : places;
    const page = beyond.slice(0, first);
    const ids = page.map(({ id }) => id);
    const found = await this.prisma.provider.findMany({
      where: { projectId, id: { in: ids } },
      include: WITH_CREDENTIALS,
    });
    const end = page.at(-1);
    return {
      rows: ids.flatMap((id) => found.find((row) => row.id === id) ?? []),
      endCursor: end ? toCursor(ProviderSort.spend, end) : null,
      hasNextPage: beyond.length > page.length,
      totalCount: places.length,
    };
  }

  /** Empty when the figures cannot be had: the list then stands in the order of names, and shows no spend. */
  private async spendByName(projectId: string): Promise<ReadonlyMap<string, string>> {
    const kpis = (await this.usage.kpisIfReadable(projectId)) ?? new Map<string, { spend: string }>();
    return new Map([...kpis].map(([name, { spend }]) => [name, spend]));
  }
}

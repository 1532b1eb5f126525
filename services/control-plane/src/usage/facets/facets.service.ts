import { Injectable } from '@nestjs/common';
import { usageFacets, usageTagKeys } from '@weir/clickhouse';
import { InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { inBounds } from '../filter.js';
import { FilterScope } from '../filter-scope.service.js';
import { toGrouping } from '../grouping.js';
import { keysLabelled, labelsOf } from '../labels.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import { atLeastNone } from '../to-totals.js';
import type { FacetsArgs } from '../usage.args.js';
import type { TimeRange, UsageFilter } from '../usage.inputs.js';
import type { UsageFacetsType } from './facets.types.js';

const MAX_VALUES = 500;
const MAX_SEARCH_CHARACTERS = 200;

/** What filters can be set to. */
@Injectable()
export class FacetsService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    private readonly filters: FilterScope,
  ) {}

  /** @throws InputError */
  async values({ projectId }: Viewer, args: FacetsArgs): Promise<UsageFacetsType> {
    const [first, search] = [args.first ?? 100, (args.search ?? '').trim()];
    inBounds('first', first, MAX_VALUES);
    if (search.length > MAX_SEARCH_CHARACTERS) {
      throw new InputError('SEARCH_TOO_LONG', `Search for at most ${MAX_SEARCH_CHARACTERS} characters.`, 'search');
    }
    const scope = toScope(projectId, args.range);
    const grouping = toGrouping(args.dimension, args.tagKey);
    const filter = await this.filters.of(projectId, args.filter ?? {});
    const alsoKeys = search === '' ? [] : await keysLabelled(this.prisma, projectId, grouping, search);
    const options = { dimension: grouping.groupBy, tagKey: grouping.tagKey, filter, search, alsoKeys, first };
    const found = await this.reader.ask((reader) => usageFacets(reader, scope, options));
    const keys = found.values.map(({ key }) => key);
    const labelOf = await labelsOf(this.prisma, projectId, grouping, keys);
    const values = found.values.map(({ key, calls, spend }) => ({
      ...{ key, ...labelOf(key), calls: atLeastNone(calls), spend },
    }));
    return { values, more: found.more };
  }

  /** By name. @throws InputError */
  async tagKeys({ projectId }: Viewer, range: TimeRange, filter: UsageFilter): Promise<string[]> {
    const scope = toScope(projectId, range);
    const narrowed = await this.filters.of(projectId, filter);
    return this.reader.ask((reader) => usageTagKeys(reader, scope, narrowed));
  }
}

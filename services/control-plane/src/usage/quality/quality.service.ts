import { Injectable } from '@nestjs/common';
import { usageQuality } from '@weir/clickhouse';
import type { Viewer } from '../../platform/viewer.js';
import { FilterScope } from '../filter-scope.service.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import { toTimeZone } from '../time-zone.js';
import type { QualityArgs } from '../usage.args.js';
import type { UsageQualityType } from './quality.types.js';

@Injectable()
export class QualityService {
  constructor(
    private readonly reader: UsageReader,
    private readonly filters: FilterScope,
  ) {}

  /** @throws InputError */
  async overTime({ projectId }: Viewer, args: QualityArgs): Promise<UsageQualityType> {
    const { interval } = args;
    const scope = toScope(projectId, args.range, interval);
    const timeZone = toTimeZone(args.timeZone ?? 'UTC');
    const filter = await this.filters.of(projectId, args.filter ?? {});
    const found = await this.reader.ask((reader) => usageQuality(reader, scope, { interval, timeZone, filter }));
    return { ...found, buckets: found.buckets.map((start) => new Date(start)), points: [...found.points] };
  }
}

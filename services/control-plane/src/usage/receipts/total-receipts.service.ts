import { Injectable } from '@nestjs/common';
import { type TotalReceiptLine, totalReceipt } from '@weir/clickhouse';
import type { Viewer } from '../../platform/viewer.js';
import { inBounds } from '../filter.js';
import { FilterScope } from '../filter-scope.service.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import type { TimeRange, UsageFilter } from '../usage.inputs.js';
import { OriginsService, type Traced } from './origins.service.js';
import type { TotalReceiptType } from './total-receipt.types.js';

const MAX_LINES = 500;

/** What a total is made of. */
@Injectable()
export class TotalReceiptsService {
  constructor(
    private readonly reader: UsageReader,
    private readonly origins: OriginsService,
    private readonly filters: FilterScope,
  ) {}

  async receipt(
    { projectId }: Viewer,
    range: TimeRange,
    filter: UsageFilter,
    first: number,
  ): Promise<TotalReceiptType> {
    inBounds('first', first, MAX_LINES);
    const scope = toScope(projectId, range);
    const narrowed = await this.filters.of(projectId, filter);
    const found = await this.reader.ask((reader) => totalReceipt(reader, scope, { filter: narrowed, first }));
    const originOf = await this.origins.of(projectId, found.lines.map(traced));
    const { totals } = found;
    const unpricedCalls = Math.max(0, totals.unpricedCalls);
    return {
      total: totals.spend,
      calls: totals.calls,
      attempts: totals.attempts,
      pricedCalls: totals.attempts - unpricedCalls,
      freeCalls: Math.max(0, totals.freeCalls),
      unpricedCalls,
      unknownUsageCalls: Math.max(0, totals.callsWithoutUsage),
      estimatedCalls: totals.estimatedCalls,
      lines: found.lines.map((line) => ({
        ...line,
        quantity: Number(line.quantity),
        calls: Math.max(0, line.calls),
        origin: originOf(traced(line)),
      })),
      otherLines: found.otherLines,
      otherAmount: found.otherAmount,
      agrees: found.agrees,
    };
  }
}

function traced({ source, bucket, providerType, lastAt }: TotalReceiptLine): Traced {
  return { source, bucket, providerType, at: lastAt };
}

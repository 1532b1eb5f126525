import { Injectable } from '@nestjs/common';
import { type AroundDay, usageAroundDays } from '@weir/clickhouse';
import { toBook } from '../change/book.js';
import { UsageReader } from '../reader.service.js';
import type { Dimension, Found, Looked } from './anomalies.service.js';
import { type Cause, causeOf } from './cause.js';
import { BASELINE_DAYS } from './detect.js';

/** Drills down from what stood out to the app, the model and the reason. */
@Injectable()
export class CausesService {
  constructor(private readonly reader: UsageReader) {}

  /** One per finding; null = nothing is left to compare. */
  async of(projectId: string, found: readonly Found[], looked: Looked): Promise<(Cause | null)[]> {
    const dimensions = [...new Set(found.map(({ dimension }) => dimension))];
    const around = new Map<Found, AroundDay>();
    await Promise.all(
      dimensions.map(async (dimension) => {
        const own = found.filter((one) => one.dimension === dimension);
        const each = await this.around(projectId, dimension, own, looked);
        for (const [index, one] of own.entries()) around.set(one, each[index] as AroundDay);
      }),
    );
    return found.map((one) => {
      const { before, is } = around.get(one) as AroundDay;
      return causeOf(toBook(before), toBook(is), BigInt(one.day - firstOf(one, looked)));
    });
  }

  private around(projectId: string, groupBy: Dimension, found: readonly Found[], looked: Looked): Promise<AroundDay[]> {
    const { days, to, filter } = looked;
    return this.reader.ask((reader) =>
      usageAroundDays(reader, projectId, {
        groupBy,
        filter,
        days: found.map((one) => ({
          key: one.key,
          since: days[firstOf(one, looked)] ?? 0,
          day: days[one.day] ?? 0,
          end: days[one.day + 1] ?? to,
        })),
      }),
    );
  }
}

/** Position of the first day that a finding is compared with. */
const firstOf = ({ day }: Found, { knownFrom }: Looked) => Math.max(knownFrom, day - BASELINE_DAYS);

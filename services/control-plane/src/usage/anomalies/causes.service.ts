import { Injectable } from '@nestjs/common';
import { type UsageFilter as StoredFilter, usageByModel } from '@weir/clickhouse';
import { toBook } from '../change/book.js';
import { UsageReader } from '../reader.service.js';
import type { Found, Looked } from './anomalies.service.js';
import { type Cause, causeOf } from './cause.js';
import { BASELINE_DAYS } from './detect.js';

const AT_ONCE = 4;
const LIST = { provider: 'providers', model: 'models', app: 'apps', user: 'users' } as const;

/** Drills down from what stood out to the app, the model and the reason. */
@Injectable()
export class CausesService {
  constructor(private readonly reader: UsageReader) {}

  /** One per finding; null = nothing is left to compare. */
  async of(projectId: string, found: readonly Found[], looked: Looked): Promise<(Cause | null)[]> {
    const causes: (Cause | null)[] = [];
    for (let index = 0; index < found.length; index += AT_ONCE) {
      const few = found.slice(index, index + AT_ONCE);
      causes.push(...(await Promise.all(few.map((one) => this.cause(projectId, one, looked)))));
    }
    return causes;
  }

  private async cause(projectId: string, { dimension, key, day }: Found, looked: Looked): Promise<Cause | null> {
    const { days, to, knownFrom } = looked;
    const filter: StoredFilter = { ...looked.filter, [LIST[dimension]]: [key] };
    const first = Math.max(knownFrom, day - BASELINE_DAYS);
    const read = async (from: number, until: number) =>
      toBook(
        await this.reader.ask((reader) =>
          usageByModel(reader, { projectId, from: days[from] ?? 0, to: days[until] ?? to }, { by: 'app', filter }),
        ),
      );
    const [before, is] = await Promise.all([read(first, day), read(day, day + 1)]);
    return causeOf(before, is, BigInt(day - first));
  }
}

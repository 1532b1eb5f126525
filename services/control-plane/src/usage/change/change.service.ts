import { Injectable } from '@nestjs/common';
import { type Scope, usageByModel } from '@weir/clickhouse';
import { formatUsd, parseUsd } from '@weir/contracts';
import type { Viewer } from '../../platform/viewer.js';
import { inBounds } from '../filter.js';
import { FilterScope } from '../filter-scope.service.js';
import { toGrouping } from '../grouping.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import { toTotals } from '../to-totals.js';
import type { ChangeArgs } from '../usage.args.js';
import { type Book, toBook } from './book.js';
import type { ChangeEffectType, UsageChangeType } from './change.types.js';
import { decompose, EFFECT_KINDS, type EffectKind } from './decompose.js';
import { DriversService } from './drivers.service.js';
import { explain, METHOD } from './explain.js';
import { totalsOf } from './sum.js';

const MAX_DRIVERS = 100;
/** Said only where there is something to say. */
const AT_NEED: readonly EffectKind[] = ['other', 'unpriced'];

@Injectable()
export class ChangeService {
  constructor(
    private readonly reader: UsageReader,
    private readonly filters: FilterScope,
    private readonly drivers: DriversService,
  ) {}

  /** @throws InputError */
  async between({ projectId }: Viewer, args: ChangeArgs): Promise<UsageChangeType> {
    const first = args.first ?? 20;
    inBounds('first', first, MAX_DRIVERS);
    const after = toScope(projectId, args.range);
    const before = toScope(projectId, args.previous, 'total', 'previous');
    const grouping = toGrouping(args.groupBy, args.tagKey);
    const filter = await this.filters.of(projectId, args.filter ?? {});
    const nowMs = Date.now();
    const read = (scope: Scope) => this.reader.ask((reader) => usageByModel(reader, scope, { filter, nowMs }));
    const [was, is, drivers] = await Promise.all([
      read(before),
      read(after),
      this.drivers.between([before, after], grouping, filter, first),
    ]);
    const [totalsBefore, totalsAfter] = [totalsOf(was), totalsOf(is)];
    const difference = parseUsd(totalsAfter.spend) - parseUsd(totalsBefore.spend);
    const named = drivers.reduce((sum, driver) => sum + parseUsd(driver.difference), 0n);
    return {
      before: toTotals(totalsBefore),
      after: toTotals(totalsAfter),
      difference: formatUsd(difference),
      effects: effectsOf(toBook(was), toBook(is)),
      drivers,
      otherDrivers: formatUsd(difference - named),
      method: METHOD,
    };
  }
}

function effectsOf(before: Book, after: Book): ChangeEffectType[] {
  const decomposed = decompose(before, after);
  return EFFECT_KINDS.filter((kind) => !AT_NEED.includes(kind) || decomposed.effects[kind] !== 0n).map((kind) => ({
    kind,
    amount: formatUsd(decomposed.effects[kind]),
    explanation: explain(kind, before, after, decomposed),
  }));
}

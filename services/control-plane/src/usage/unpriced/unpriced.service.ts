import { Injectable } from '@nestjs/common';
import { type UnpricedModel, unpricedModels } from '@weir/clickhouse';
import { type PriceBook, providerType } from '@weir/contracts';
import { type NearestKnown, nearestKnown } from '@weir/pricing';
import type { Viewer } from '../../platform/viewer.js';
import { PriceBookService } from '../../pricing/price-book.service.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import type { TimeRange } from '../usage.inputs.js';
import type { UnpricedModelType } from './unpriced.types.js';

/** Calls whose cost is unknown, and what they may have cost. */
@Injectable()
export class UnpricedService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prices: PriceBookService,
  ) {}

  async models({ projectId }: Viewer, range: TimeRange): Promise<UnpricedModelType[]> {
    const scope = toScope(projectId, range);
    const [found, book] = await Promise.all([
      this.reader.ask((reader) => unpricedModels(reader, scope)),
      this.prices.published(),
    ]);
    return found.map((model) => describe(model, nearestTo(model, book)));
  }
}

/** By the prices of the newest of the calls. */
function nearestTo({ providerType: type, model, quantities, lastAt }: UnpricedModel, book: PriceBook) {
  const known = providerType.safeParse(type);
  return known.success ? nearestKnown({ providerType: known.data, model, quantities }, book, lastAt) : null;
}

function describe(
  { quantities, firstAt, lastAt, providerType: type, ...model }: UnpricedModel,
  nearest: NearestKnown | null,
): UnpricedModelType {
  return {
    ...model,
    providerType: type || null,
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
    quantities: quantities.map(({ bucket, quantity }) => ({ bucket, quantity: Number(quantity) })),
    exposure: nearest?.exposureUsd ?? null,
    nearest,
  };
}

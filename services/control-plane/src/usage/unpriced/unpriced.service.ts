import { Injectable } from '@nestjs/common';
import { type UnpricedModel, unpricedModels } from '@weir/clickhouse';
import type { Viewer } from '../../platform/viewer.js';
import { toScope } from '../range.js';
import { UsageReader } from '../reader.service.js';
import type { TimeRange } from '../usage.inputs.js';
import type { UnpricedModelType } from './unpriced.types.js';

/** Calls whose cost is unknown, and what they may have cost. */
@Injectable()
export class UnpricedService {
  constructor(private readonly reader: UsageReader) {}

  async models({ projectId }: Viewer, range: TimeRange): Promise<UnpricedModelType[]> {
    const scope = toScope(projectId, range);
    const found = await this.reader.ask((reader) => unpricedModels(reader, scope));
    return found.map(describe);
  }
}

function describe({ quantities, firstAt, lastAt, providerType, ...model }: UnpricedModel): UnpricedModelType {
  return {
    ...model,
    providerType: providerType || null,
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
    quantities: quantities.map(({ bucket, quantity }) => ({ bucket, quantity: Number(quantity) })),
    exposure: null,
    nearest: null,
  };
}

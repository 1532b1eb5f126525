import { Injectable } from '@nestjs/common';
import { type UnpricedModel, unpricedModels } from '@weir/clickhouse';
import type { Viewer } from '../platform/viewer.js';
import { UsageReader } from '../usage/reader.service.js';
import type { NoticeType } from './notices.types.js';

const DAY_MS = 86_400_000;

/** What somebody should act on for the figures to be complete. */
@Injectable()
export class NoticesService {
  constructor(private readonly reader: UsageReader) {}

  async list({ projectId }: Viewer): Promise<NoticeType[]> {
    const now = Date.now();
    const scope = { projectId, from: now - DAY_MS, to: now };
    const unpriced = await this.reader.ask((reader) => unpricedModels(reader, scope, now));
    return unpriced.filter(({ reason }) => reason !== 'usage_unknown').map(modelUnpriced);
  }
}

function modelUnpriced({ provider, model, calls, firstAt }: UnpricedModel): NoticeType {
  return {
    id: `MODEL_UNPRICED:${provider}:${model}`,
    kind: 'MODEL_UNPRICED',
    title: `${model || 'A model without a name'} has no price`,
    detail: `${calls} calls of ${provider} in the last 24 hours have an unknown cost. Set a price for this model.`,
    provider,
    endpoint: null,
    model,
    calls,
    since: new Date(firstAt),
  };
}

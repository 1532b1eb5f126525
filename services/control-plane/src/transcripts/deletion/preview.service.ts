import { Injectable } from '@nestjs/common';
import { erasurePreview } from '@weir/clickhouse';
import type { Viewer } from '../../platform/viewer.js';
import { UsageReader } from '../../usage/reader.service.js';
import type { DeletionPreviewType, TranscriptScopeInput } from './deletions.types.js';
import { scopeOf } from './scope.js';

/** What an order would delete, for whoever is about to give it. */
@Injectable()
export class DeletionPreviewService {
  constructor(private readonly reader: UsageReader) {}

  /** @throws InputError naming the field */
  async count({ projectId }: Viewer, input: TranscriptScopeInput): Promise<DeletionPreviewType> {
    const { from, to, ...rest } = scopeOf(input);
    const scope = { projectId, ...rest, from: from?.getTime() ?? null, to: to?.getTime() ?? null };
    const found = await this.reader.ask((connection) => erasurePreview(connection, scope, Date.now()));
    const time = (at: number | null) => (at === null ? null : new Date(at));
    return { ...found, firstAt: time(found.firstAt), lastAt: time(found.lastAt) };
  }
}

import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { ExportTranscriptsInput, TranscriptExportType } from './export.types.js';
import { ExportOrders } from './orders.service.js';

@Resolver()
export class TranscriptExportResolver {
  constructor(private readonly orders: ExportOrders) {}

  @Mutation(() => TranscriptExportType, {
    description: 'Names where JSONL of it can be fetched; fetching it is in the audit log, with the count.',
  })
  @Allow('transcript_body.read')
  exportTranscripts(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => ExportTranscriptsInput }) input: ExportTranscriptsInput,
  ): TranscriptExportType {
    return this.orders.order(viewer, input);
  }
}

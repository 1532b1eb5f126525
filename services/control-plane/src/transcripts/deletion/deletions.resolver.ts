import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuid } from '@weir/contracts';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { TranscriptDeletionsService } from './deletions.service.js';
import {
  DeleteTranscriptsInput,
  DeletionPreviewType,
  TranscriptDeletionPageType,
  TranscriptDeletionType,
  TranscriptScopeInput,
} from './deletions.types.js';
import { DeletionPreviewService } from './preview.service.js';

@Resolver(() => TranscriptDeletionType)
export class TranscriptDeletionsResolver {
  constructor(
    private readonly deletions: TranscriptDeletionsService,
    private readonly preview: DeletionPreviewService,
  ) {}

  @Query(() => TranscriptDeletionPageType, { description: 'Newest first.' })
  @Allow('audit.read')
  transcriptDeletions(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<TranscriptDeletionPageType> {
    return this.deletions.page(viewer, first ?? 20, after ?? null);
  }

  @Query(() => TranscriptDeletionType, { nullable: true })
  @Allow('audit.read')
  async transcriptDeletion(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<TranscriptDeletionType | null> {
    return uuid.safeParse(id).success ? this.deletions.one(viewer, id) : null;
  }

  @Query(() => DeletionPreviewType)
  @Allow('transcript.delete')
  transcriptDeletionPreview(
    @CurrentViewer() viewer: Viewer,
    @Args('scope', { type: () => TranscriptScopeInput }) scope: TranscriptScopeInput,
  ): Promise<DeletionPreviewType> {
    return this.preview.count(viewer, scope);
  }

  @Mutation(() => TranscriptDeletionType, {
    description: 'Orders it; `transcriptDeletion` tells when it is done, with the receipt. It cannot be taken back.',
  })
  @Allow('transcript.delete')
  deleteTranscripts(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => DeleteTranscriptsInput }) input: DeleteTranscriptsInput,
  ): Promise<TranscriptDeletionType> {
    return this.deletions.order(viewer, input);
  }
}

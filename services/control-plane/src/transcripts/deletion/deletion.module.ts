import { Module } from '@nestjs/common';
import { UsageModule } from '../../usage/usage.module.js';
import { TranscriptDeletionWorkRoutes } from './deletion-work.routes.js';
import { TranscriptDeletionWorkService } from './deletion-work.service.js';
import { TranscriptDeletionsResolver } from './deletions.resolver.js';
import { TranscriptDeletionsService } from './deletions.service.js';
import { DeletionPreviewService } from './preview.service.js';

@Module({
  imports: [UsageModule],
  providers: [
    DeletionPreviewService,
    TranscriptDeletionsService,
    TranscriptDeletionsResolver,
    TranscriptDeletionWorkService,
    TranscriptDeletionWorkRoutes,
  ],
})
export class TranscriptDeletionModule {}

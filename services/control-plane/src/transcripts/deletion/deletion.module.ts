import { Module } from '@nestjs/common';
import { TranscriptDeletionWorkRoutes } from './deletion-work.routes.js';
import { TranscriptDeletionWorkService } from './deletion-work.service.js';
import { TranscriptDeletionsResolver } from './deletions.resolver.js';
import { TranscriptDeletionsService } from './deletions.service.js';

@Module({
  providers: [
    TranscriptDeletionsService,
    TranscriptDeletionsResolver,
    TranscriptDeletionWorkService,
    TranscriptDeletionWorkRoutes,
  ],
})
export class TranscriptDeletionModule {}

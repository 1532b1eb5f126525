import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DOOR, transcriptDeletionFailure, transcriptDeletionProgress, transcriptDeletionResult } from '@weir/contracts';
import { InternalRoutes } from '../../platform/internal-server.js';
import { addWorkRoutes } from '../../platform/work-routes.js';
import { TranscriptDeletionWorkService } from './deletion-work.service.js';

/** Orders to delete, as workers ask for them. */
@Injectable()
export class TranscriptDeletionWorkRoutes implements OnModuleInit {
  constructor(
    private readonly routes: InternalRoutes,
    private readonly work: TranscriptDeletionWorkService,
  ) {}

  onModuleInit(): void {
    const paths = {
      claim: DOOR.transcriptDeletionClaim,
      progress: [DOOR.transcriptDeletionProgress, transcriptDeletionProgress],
      result: [DOOR.transcriptDeletionResult, transcriptDeletionResult],
      failure: [DOOR.transcriptDeletionFailure, transcriptDeletionFailure],
    } as const;
    addWorkRoutes(this.routes, paths, this.work);
  }
}

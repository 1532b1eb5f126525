import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DOOR, restatementFailure, restatementProgress, restatementResult } from '@weir/contracts';
import { InternalRoutes } from '../platform/internal-server.js';
import { addWorkRoutes } from '../platform/work-routes.js';
import { RestatementWorkService } from './work.service.js';

/** Work on the ledger, as workers ask for it. */
@Injectable()
export class RestatementWorkRoutes implements OnModuleInit {
  constructor(
    private readonly routes: InternalRoutes,
    private readonly work: RestatementWorkService,
  ) {}

  onModuleInit(): void {
    const paths = {
      claim: DOOR.restatementClaim,
      progress: [DOOR.restatementProgress, restatementProgress],
      result: [DOOR.restatementResult, restatementResult],
      failure: [DOOR.restatementFailure, restatementFailure],
    } as const;
    addWorkRoutes(this.routes, paths, this.work);
  }
}

import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { RevisionService } from './revision.service.js';

@Resolver()
export class RevisionResolver {
  constructor(private readonly revision: RevisionService) {}

  @Query(() => String, { description: "Another text once the project's figures may have changed. Cheap to ask." })
  @Allow('usage.read')
  usageRevision(@CurrentViewer() viewer: Viewer): Promise<string> {
    return this.revision.of(viewer);
  }
}

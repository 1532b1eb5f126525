import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { EnvironmentsService } from './environments.service.js';
import { EnvironmentType } from './environments.types.js';

@Resolver(() => EnvironmentType)
export class EnvironmentsResolver {
  constructor(private readonly environments: EnvironmentsService) {}

  @Query(() => [EnvironmentType], { name: 'environments' })
  @Allow('self')
  list(@CurrentViewer() viewer: Viewer): Promise<EnvironmentType[]> {
    return this.environments.list(viewer);
  }
}

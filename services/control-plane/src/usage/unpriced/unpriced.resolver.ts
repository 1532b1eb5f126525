import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { TimeRange } from '../usage.inputs.js';
import { UnpricedService } from './unpriced.service.js';
import { UnpricedModelType } from './unpriced.types.js';

@Resolver()
export class UnpricedResolver {
  constructor(private readonly unpriced: UnpricedService) {}

  @Query(() => [UnpricedModelType])
  @Allow('usage.read')
  unpricedModels(@CurrentViewer() viewer: Viewer, @Args('range') range: TimeRange): Promise<UnpricedModelType[]> {
    return this.unpriced.models(viewer, range);
  }
}

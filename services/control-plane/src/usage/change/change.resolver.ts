import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { ChangeArgs } from '../usage.args.js';
import { ChangeService } from './change.service.js';
import { UsageChangeType } from './change.types.js';

@Resolver()
export class ChangeResolver {
  constructor(private readonly change: ChangeService) {}

  @Query(() => UsageChangeType, { description: 'What spend changed by from `previous` to `range`, and why.' })
  @Allow('usage.read')
  usageChange(@CurrentViewer() viewer: Viewer, @Args() args: ChangeArgs): Promise<UsageChangeType> {
    return this.change.between(viewer, args);
  }
}

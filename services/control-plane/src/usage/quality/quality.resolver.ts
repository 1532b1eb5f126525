import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { QualityArgs } from '../usage.args.js';
import { QualityService } from './quality.service.js';
import { UsageQualityType } from './quality.types.js';

@Resolver()
export class QualityResolver {
  constructor(private readonly quality: QualityService) {}

  @Query(() => UsageQualityType, { description: 'Beside spend: errors, speed, cache hits, cost of a call.' })
  @Allow('usage.read')
  usageQuality(@CurrentViewer() viewer: Viewer, @Args() args: QualityArgs): Promise<UsageQualityType> {
    return this.quality.overTime(viewer, args);
  }
}

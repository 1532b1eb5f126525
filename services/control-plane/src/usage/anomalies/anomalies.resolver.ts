import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { InZone } from '../usage.args.js';
import { AnomaliesService } from './anomalies.service.js';
import { UsageAnomaliesType } from './anomalies.types.js';

@Resolver()
export class AnomaliesResolver {
  constructor(private readonly anomalies: AnomaliesService) {}

  @Query(() => UsageAnomaliesType, { description: 'Days on which something cost far more than usual, and why.' })
  @Allow('usage.read')
  usageAnomalies(@CurrentViewer() viewer: Viewer, @Args() args: InZone): Promise<UsageAnomaliesType> {
    return this.anomalies.find(viewer, args);
  }
}

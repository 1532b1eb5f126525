import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { ForecastArgs } from '../usage.args.js';
import { ForecastService } from './forecast.service.js';
import { UsageForecastType } from './forecast.types.js';

@Resolver()
export class ForecastResolver {
  constructor(private readonly forecast: ForecastService) {}

  @Query(() => UsageForecastType, {
    nullable: true,
    description: 'What the month under way will end at; null: fewer than 3 whole days are known.',
  })
  @Allow('usage.read')
  usageForecast(@CurrentViewer() viewer: Viewer, @Args() args: ForecastArgs): Promise<UsageForecastType | null> {
    return this.forecast.ofMonth(viewer, args.filter ?? {}, args.timeZone ?? 'UTC');
  }
}

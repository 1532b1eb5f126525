import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { MeterService } from './meter.service.js';
import { MeterType } from './meter.types.js';

@Resolver(() => MeterType)
export class MeterResolver {
  constructor(private readonly meters: MeterService) {}

  @Query(() => MeterType, { description: 'Calls served, events stored, events on their way. The three must agree.' })
  @Allow('usage.read')
  meter(): Promise<MeterType> {
    return this.meters.read();
  }
}

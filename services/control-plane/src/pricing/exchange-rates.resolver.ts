import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { DateTime, Decimal } from '../platform/scalars.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ExchangeRatesService } from './exchange-rates.service.js';
import { ExchangeRateType } from './exchange-rates.types.js';

@Resolver(() => ExchangeRateType)
export class ExchangeRatesResolver {
  constructor(private readonly rates: ExchangeRatesService) {}

  @Query(() => [ExchangeRateType], { description: 'By currency, the one that begins last first.' })
  @Allow('provider.read')
  exchangeRates(@CurrentViewer() viewer: Viewer): Promise<ExchangeRateType[]> {
    return this.rates.list(viewer);
  }

  @Mutation(() => ExchangeRateType, {
    description: 'Holds for calls that began at or after `validFrom`, else now. No rating that is booked changes.',
  })
  @Allow('provider.write')
  setExchangeRate(
    @CurrentViewer() viewer: Viewer,
    @Args('currency', { type: () => String }) currency: string,
    @Args('usdPerUnit', { type: () => Decimal }) usdPerUnit: string,
    @Args('validFrom', { type: () => DateTime, nullable: true }) validFrom: Date | null,
  ): Promise<ExchangeRateType> {
    return this.rates.set(viewer, { currency, usdPerUnit, validFrom: validFrom ?? null });
  }
}

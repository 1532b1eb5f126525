import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { ExchangeRatesResolver } from './exchange-rates.resolver.js';
import { ExchangeRatesService } from './exchange-rates.service.js';
import { OverridesService } from './overrides.service.js';
import { PricingModule } from './pricing.module.js';
import { ProviderModelsResolver } from './provider-models.resolver.js';
import { ProviderModelsService } from './provider-models.service.js';
import { RateCardsResolver } from './rate-cards.resolver.js';
import { RateCardsService } from './rate-cards.service.js';
import { CatalogRefresh } from './refresh/refresh.service.js';
import { VersionsResolver } from './versions.resolver.js';
import { VersionsService } from './versions.service.js';

/** What people see and change of prices; {@link PricingModule} is what publishing needs of them. */
@Module({
  imports: [PricingModule, PublishingModule, UsageModule],
  providers: [
    CatalogRefresh,
    ExchangeRatesResolver,
    ExchangeRatesService,
    OverridesService,
    RateCardsService,
    RateCardsResolver,
    ProviderModelsService,
    ProviderModelsResolver,
    VersionsService,
    VersionsResolver,
  ],
})
export class RateCardsModule {}

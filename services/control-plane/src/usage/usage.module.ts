import { Module } from '@nestjs/common';
import { PricingModule } from '../pricing/pricing.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { AnomaliesResolver } from './anomalies/anomalies.resolver.js';
import { AnomaliesService } from './anomalies/anomalies.service.js';
import { CausesService } from './anomalies/causes.service.js';
import { ChangeResolver } from './change/change.resolver.js';
import { ChangeService } from './change/change.service.js';
import { DriversService } from './change/drivers.service.js';
import { FacetsResolver } from './facets/facets.resolver.js';
import { FacetsService } from './facets/facets.service.js';
import { FilterScope } from './filter-scope.service.js';
import { ForecastResolver } from './forecast/forecast.resolver.js';
import { ForecastService } from './forecast/forecast.service.js';
import { KpisResolver } from './kpis.resolver.js';
import { MeterResolver } from './meter.resolver.js';
import { MeterService } from './meter.service.js';
import { QualityResolver } from './quality/quality.resolver.js';
import { QualityService } from './quality/quality.service.js';
import { UsageReader } from './reader.service.js';
import { OriginsService } from './receipts/origins.service.js';
import { ReceiptsResolver } from './receipts/receipts.resolver.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { TotalReceiptsService } from './receipts/total-receipts.service.js';
import { RevisionResolver } from './revision/revision.resolver.js';
import { RevisionService } from './revision/revision.service.js';
import { UnpricedResolver } from './unpriced/unpriced.resolver.js';
import { UnpricedService } from './unpriced/unpriced.service.js';
import { UsageResolver } from './usage.resolver.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [PricingModule, PublishingModule],
  providers: [
    UsageReader,
    FilterScope,
    UsageService,
    UsageResolver,
    KpisResolver,
    MeterService,
    MeterResolver,
    OriginsService,
    ReceiptsService,
    TotalReceiptsService,
    ReceiptsResolver,
    UnpricedService,
    UnpricedResolver,
    AnomaliesService,
    CausesService,
    DriversService,
    AnomaliesResolver,
    ChangeService,
    ChangeResolver,
    FacetsService,
    FacetsResolver,
    ForecastService,
    ForecastResolver,
    QualityService,
    QualityResolver,
    RevisionService,
    RevisionResolver,
  ],
  exports: [UsageReader, FilterScope, UsageService, UnpricedService],
})
export class UsageModule {}

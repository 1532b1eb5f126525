import { Module } from '@nestjs/common';
import { PricingModule } from '../pricing/pricing.module.js';
import { PublishingModule } from '../publishing/publishing.module.js';
import { KpisResolver } from './kpis.resolver.js';
import { MeterResolver } from './meter.resolver.js';
import { MeterService } from './meter.service.js';
import { UsageReader } from './reader.service.js';
import { OriginsService } from './receipts/origins.service.js';
import { ReceiptsResolver } from './receipts/receipts.resolver.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { TotalReceiptsService } from './receipts/total-receipts.service.js';
import { UnpricedResolver } from './unpriced/unpriced.resolver.js';
import { UnpricedService } from './unpriced/unpriced.service.js';
import { UsageResolver } from './usage.resolver.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [PricingModule, PublishingModule],
  providers: [
    UsageReader,
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
  ],
  exports: [UsageReader, UsageService, UnpricedService],
})
export class UsageModule {}

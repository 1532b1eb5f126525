import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { KpisResolver } from './kpis.resolver.js';
import { MeterResolver } from './meter.resolver.js';
import { MeterService } from './meter.service.js';
import { UsageReader } from './reader.service.js';
import { UsageResolver } from './usage.resolver.js';
import { UsageService } from './usage.service.js';

@Module({
  imports: [PublishingModule],
  providers: [UsageReader, UsageService, UsageResolver, KpisResolver, MeterService, MeterResolver],
  exports: [UsageReader, UsageService],
})
export class UsageModule {}

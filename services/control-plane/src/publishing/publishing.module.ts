import { Module } from '@nestjs/common';
import { PricingModule } from '../pricing/pricing.module.js';
import { Configuration } from './configuration.service.js';
import { DoorRoutes } from './door.routes.js';
import { Proxies } from './proxies.service.js';
import { Publisher } from './publisher.service.js';
import { RecordingReports } from './recording-reports.service.js';

@Module({
  imports: [PricingModule],
  providers: [Publisher, Configuration, Proxies, RecordingReports, DoorRoutes],
  exports: [Publisher, Configuration, Proxies],
})
export class PublishingModule {}

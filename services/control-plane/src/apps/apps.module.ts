import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { AppsResolver } from './apps.resolver.js';
import { AppsService } from './apps.service.js';
import { TokensService } from './tokens.service.js';

@Module({
  imports: [PublishingModule],
  providers: [AppsResolver, AppsService, TokensService],
})
export class AppsModule {}

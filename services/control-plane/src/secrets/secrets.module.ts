import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { SecretsResolver } from './secrets.resolver.js';
import { SecretsService } from './secrets.service.js';

@Module({
  imports: [PublishingModule],
  providers: [SecretsResolver, SecretsService],
  exports: [SecretsService],
})
export class SecretsModule {}

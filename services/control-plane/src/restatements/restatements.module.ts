import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { RestatementsResolver } from './restatements.resolver.js';
import { RestatementsService } from './restatements.service.js';
import { RestatementWorkRoutes } from './work.routes.js';
import { RestatementWorkService } from './work.service.js';

@Module({
  imports: [PublishingModule],
  providers: [RestatementsService, RestatementsResolver, RestatementWorkService, RestatementWorkRoutes],
})
export class RestatementsModule {}

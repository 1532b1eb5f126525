import { Module } from '@nestjs/common';
import { ApiTokensResolver } from './api-tokens.resolver.js';
import { ApiTokensService } from './api-tokens.service.js';
import { ApiTokenAuthentication } from './authenticate.service.js';

@Module({
  providers: [ApiTokensService, ApiTokensResolver, ApiTokenAuthentication],
  exports: [ApiTokenAuthentication],
})
export class ApiTokensModule {}

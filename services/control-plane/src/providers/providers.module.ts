import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { ConnectionResolver } from './connection/connection.resolver.js';
import { ConnectionService } from './connection/connection.service.js';
import { ProvidersResolver } from './providers.resolver.js';
import { ProvidersService } from './providers.service.js';
import { RESOLVE, resolveByDns } from './resolve.js';
import { SaveProvider } from './save.service.js';
import { ProviderSecretResolver } from './secret.resolver.js';

@Module({
  imports: [PublishingModule],
  providers: [
    ProvidersResolver,
    ProviderSecretResolver,
    ProvidersService,
    SaveProvider,
    ConnectionResolver,
    ConnectionService,
    { provide: RESOLVE, useValue: resolveByDns },
  ],
})
export class ProvidersModule {}

import { Module } from '@nestjs/common';
import { PublishingModule } from '../publishing/publishing.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { ConnectionResolver } from './connection/connection.resolver.js';
import { ConnectionService } from './connection/connection.service.js';
import { RequestTests } from './connection/request-test.service.js';
import { ProviderListing } from './listing/listing.service.js';
import { ProvidersResolver } from './providers.resolver.js';
import { ProvidersService } from './providers.service.js';
import { RecordingResolver } from './recording/recording.resolver.js';
import { RESOLVE, resolveByDns } from './resolve.js';
import { SaveProvider } from './save.service.js';
import { ProviderSecretResolver } from './secret.resolver.js';

@Module({
  imports: [PublishingModule, UsageModule],
  providers: [
    ProvidersResolver,
    ProviderSecretResolver,
    ProvidersService,
    ProviderListing,
    SaveProvider,
    ConnectionResolver,
    RecordingResolver,
    ConnectionService,
    RequestTests,
    { provide: RESOLVE, useValue: resolveByDns },
  ],
  exports: [RequestTests],
})
export class ProvidersModule {}

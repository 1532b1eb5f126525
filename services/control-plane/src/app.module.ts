import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { Spans } from '@weir/telemetry';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiTokensModule } from './api-tokens/api-tokens.module.js';
import { ApiTokenAuthentication } from './api-tokens/authenticate.service.js';
import { AppsModule } from './apps/apps.module.js';
import { AuditModule } from './audit/audit.module.js';
import { EnvironmentsModule } from './environments/environments.module.js';
import { InstallationModule } from './installation/installation.module.js';
import { MembersModule } from './members/members.module.js';
import { MonthsModule } from './months/months.module.js';
import { NoticesModule } from './notices/notices.module.js';
import type { Config } from './platform/config.js';
import { graphqlOptions } from './platform/graphql.js';
import { PlatformModule } from './platform/platform.module.js';
import { readTokenIn } from './platform/read-token.js';
import { PricingModule } from './pricing/pricing.module.js';
import { RateCardsModule } from './pricing/rate-cards.module.js';
import { ProvidersModule } from './providers/providers.module.js';
import { PublishingModule } from './publishing/publishing.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { RestatementsModule } from './restatements/restatements.module.js';
import { SavedViewsModule } from './saved-views/saved-views.module.js';
import { SecretsModule } from './secrets/secrets.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TranscriptDeletionModule } from './transcripts/deletion/deletion.module.js';
import { TranscriptsModule } from './transcripts/transcripts.module.js';
import { UsageModule } from './usage/usage.module.js';

/** One line a room. The schema is made of exactly the resolvers found in these. */
export const ROOMS = [
  InstallationModule,
  AccountsModule,
  SessionsModule,
  MembersModule,
  EnvironmentsModule,
  AuditModule,
  SecretsModule,
  ProvidersModule,
  AppsModule,
  PricingModule,
  RateCardsModule,
  PublishingModule,
  UsageModule,
  TranscriptsModule,
  TranscriptDeletionModule,
  SavedViewsModule,
  ApiTokensModule,
  NoticesModule,
  MonthsModule,
  RestatementsModule,
  ReportsModule,
];

@Module({})
class AppModule {}

export function appModule(config: Config, spans: Spans | null): DynamicModule {
  const logger = new Logger('GraphQL');
  return {
    module: AppModule,
    imports: [
      PlatformModule.with(config),
      GraphQLModule.forRootAsync<ApolloDriverConfig>({
        driver: ApolloDriver,
        imports: [SessionsModule, ApiTokensModule],
        inject: [SessionsService, ApiTokenAuthentication],
        useFactory: (sessions: SessionsService, tokens: ApiTokenAuthentication) =>
          graphqlOptions(
            config,
            ({ headers }) => {
              // A script that presents a token asks as that token, whatever cookie comes along.
              const token = readTokenIn(headers.authorization);
              return token === null ? sessions.viewerOf(headers.cookie) : tokens.viewerOf(token);
            },
            (message) => logger.error(message),
            spans,
          ),
      }),
      ...ROOMS,
    ],
  };
}

import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsageModule } from '../usage/usage.module.js';
import { AgainResolver } from './again/again.resolver.js';
import { BodiesResolver } from './bodies.resolver.js';
import { BodiesService } from './bodies.service.js';
import { ConversationsResolver } from './conversations.resolver.js';
import { ConversationsService } from './conversations.service.js';
import { TranscriptExportResolver } from './export/export.resolver.js';
import { TranscriptExportRoutes } from './export/export.routes.js';
import { ExportOrders } from './export/orders.service.js';
import { PromptsResolver } from './reading/prompts.resolver.js';
import { PromptsService } from './reading/prompts.service.js';
import { TimelineResolver } from './reading/timeline.resolver.js';
import { TranscriptReads } from './reads.service.js';
import { RecordingStateResolver } from './recording/recording-state.resolver.js';
import { RecordingStateService } from './recording/recording-state.service.js';
import { TranscriptSearches } from './searches.service.js';
import { SpansResolver } from './spans/spans.resolver.js';
import { SpansService } from './spans/spans.service.js';

@Module({
  imports: [ProvidersModule, SessionsModule, UsageModule],
  providers: [
    ConversationsService,
    ConversationsResolver,
    BodiesService,
    BodiesResolver,
    TranscriptReads,
    TranscriptSearches,
    ...[PromptsService, PromptsResolver, TimelineResolver],
    ...[RecordingStateService, RecordingStateResolver],
    AgainResolver,
    SpansService,
    SpansResolver,
    ExportOrders,
    TranscriptExportResolver,
    TranscriptExportRoutes,
  ],
})
export class TranscriptsModule {}

import { Module } from '@nestjs/common';
import { SessionsResolver } from './sessions.resolver.js';
import { SessionsService } from './sessions.service.js';

@Module({ providers: [SessionsResolver, SessionsService], exports: [SessionsService] })
export class SessionsModule {}

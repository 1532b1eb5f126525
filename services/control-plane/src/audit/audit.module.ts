import { Module } from '@nestjs/common';
import { AuditEntriesService } from './audit.entries.service.js';
import { AuditResolver } from './audit.resolver.js';

@Module({ providers: [AuditResolver, AuditEntriesService] })
export class AuditModule {}

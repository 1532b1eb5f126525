import { Module } from '@nestjs/common';
import { UsageModule } from '../usage/usage.module.js';
import { NoticesResolver } from './notices.resolver.js';
import { NoticesService } from './notices.service.js';

@Module({ imports: [UsageModule], providers: [NoticesService, NoticesResolver] })
export class NoticesModule {}

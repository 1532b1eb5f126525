import { Module } from '@nestjs/common';
import { UsageModule } from '../usage/usage.module.js';
import { MonthsResolver } from './months.resolver.js';
import { MonthsService } from './months.service.js';

@Module({ imports: [UsageModule], providers: [MonthsService, MonthsResolver] })
export class MonthsModule {}

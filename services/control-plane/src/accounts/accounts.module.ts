import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountsResolver } from './accounts.resolver.js';
import { AccountsService } from './accounts.service.js';
import { ThrottleService } from './throttle.service.js';

@Module({
  imports: [SessionsModule],
  providers: [AccountsResolver, AccountsService, ThrottleService],
  exports: [AccountsService],
})
export class AccountsModule {}

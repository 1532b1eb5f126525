import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { InvitationsService } from './invitations.service.js';
import { MembersResolver } from './members.resolver.js';
import { MembersService } from './members.service.js';

@Module({
  imports: [AccountsModule, SessionsModule],
  providers: [MembersResolver, MembersService, InvitationsService],
})
export class MembersModule {}

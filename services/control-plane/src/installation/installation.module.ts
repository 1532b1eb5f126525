import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { InstallationResolver } from './installation.resolver.js';
import { InstallationService } from './installation.service.js';

@Module({ imports: [AccountsModule, SessionsModule], providers: [InstallationResolver, InstallationService] })
export class InstallationModule {}

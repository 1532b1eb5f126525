import { Module } from '@nestjs/common';
import { SavedViewsResolver } from './saved-views.resolver.js';
import { SavedViewsService } from './saved-views.service.js';

@Module({ providers: [SavedViewsService, SavedViewsResolver] })
export class SavedViewsModule {}

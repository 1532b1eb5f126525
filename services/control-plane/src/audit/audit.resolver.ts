import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { AuditEntriesService } from './audit.entries.service.js';
import { AuditEntryType, AuditPageType } from './audit.types.js';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(private readonly entries: AuditEntriesService) {}

  @Query(() => AuditPageType)
  @Allow('audit.read')
  auditEntries(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AuditPageType> {
    return this.entries.page(viewer, first ?? 50, after ?? null);
  }
}

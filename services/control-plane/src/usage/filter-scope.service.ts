import { Injectable } from '@nestjs/common';
import type { UsageFilter as StoredFilter } from '@weir/clickhouse';
import { PrismaService } from '../platform/prisma.service.js';
import { toFilter } from './filter.js';
import type { UsageFilter } from './usage.inputs.js';

/** What a filter means in a project: which of its providers are no longer there is for the configuration to say. */
@Injectable()
export class FilterScope {
  constructor(private readonly prisma: PrismaService) {}

  /** @throws InputError on the list at fault */
  async of(projectId: string, filter: UsageFilter): Promise<StoredFilter> {
    const asked = toFilter(filter);
    if (filter.withDeleted !== false) return asked;
    return { ...asked, exceptProviders: await this.deletedProviders(projectId) };
  }

  /** Names of which every provider was deleted; calls bear no more than the name. */
  private async deletedProviders(projectId: string): Promise<string[]> {
    const rows = await this.prisma.provider.findMany({
      where: { projectId },
      select: { name: true, deletedAt: true },
      distinct: ['name'],
      // Of each name the one that is there comes first, where any is.
      orderBy: [{ name: 'asc' }, { deletedAt: { sort: 'desc', nulls: 'first' } }],
    });
    return rows.filter(({ deletedAt }) => deletedAt !== null).map(({ name }) => name);
  }
}

import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuid } from '@weir/contracts';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CreateUsageReportInput } from './reports.inputs.js';
import { ReportsService } from './reports.service.js';
import { UsageReportType } from './reports.types.js';

@Resolver(() => UsageReportType)
export class ReportsResolver {
  constructor(private readonly reports: ReportsService) {}

  @Query(() => [UsageReportType], { name: 'usageReports', description: 'Of the project, newest first.' })
  @Allow('usage.read')
  list(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
  ): Promise<UsageReportType[]> {
    return this.reports.list(viewer, first ?? 20);
  }

  @Query(() => UsageReportType, { name: 'usageReport', nullable: true })
  @Allow('usage.read')
  async one(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<UsageReportType | null> {
    return uuid.safeParse(id).success ? this.reports.one(viewer, id) : null;
  }

  @Mutation(() => UsageReportType, { description: 'Orders a file of usage figures, made in the background.' })
  @Allow('usage.read')
  createUsageReport(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => CreateUsageReportInput }) input: CreateUsageReportInput,
  ): Promise<UsageReportType> {
    return this.reports.create(viewer, input);
  }

  @Mutation(() => UsageReportType, {
    description: 'Stops one being made, or deletes the file of a finished one. Only who ordered it and admins may.',
  })
  @Allow('usage.read')
  cancelUsageReport(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<UsageReportType> {
    return this.reports.cancel(viewer, id);
  }
}

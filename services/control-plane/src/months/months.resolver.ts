import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { MonthsService } from './months.service.js';
import { AccountingMonthType } from './months.types.js';

@Resolver(() => AccountingMonthType)
export class MonthsResolver {
  constructor(private readonly months: MonthsService) {}

  @Query(() => [AccountingMonthType], {
    description: 'From the first month with a call to the present one, newest first.',
  })
  @Allow('ledger.read')
  accountingMonths(@CurrentViewer() viewer: Viewer): Promise<AccountingMonthType[]> {
    return this.months.list(viewer);
  }

  @Mutation(() => AccountingMonthType, {
    description: 'Only a month that is over. From then on no restatement touches it.',
  })
  @Allow('ledger.write')
  closeMonth(
    @CurrentViewer() viewer: Viewer,
    @Args('month', { type: () => String }) month: string,
  ): Promise<AccountingMonthType> {
    return this.months.close(viewer, month);
  }

  @Mutation(() => AccountingMonthType)
  @Allow('ledger.write')
  reopenMonth(
    @CurrentViewer() viewer: Viewer,
    @Args('month', { type: () => String }) month: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<AccountingMonthType> {
    return this.months.reopen(viewer, month, reason);
  }
}

import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { TimeRange, UsageFilter } from '../usage.inputs.js';
import { ReceiptsService } from './receipts.service.js';
import { ReceiptType } from './receipts.types.js';
import { TotalReceiptType } from './total-receipt.types.js';
import { TotalReceiptsService } from './total-receipts.service.js';

@Resolver()
export class ReceiptsResolver {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly totals: TotalReceiptsService,
  ) {}

  @Query(() => ReceiptType, { nullable: true })
  @Allow('call.read')
  receipt(
    @CurrentViewer() viewer: Viewer,
    @Args('eventId', { type: () => ID }) eventId: string,
  ): Promise<ReceiptType | null> {
    return this.receipts.receipt(viewer, eventId);
  }

  @Query(() => TotalReceiptType)
  @Allow('usage.read')
  totalReceipt(
    @CurrentViewer() viewer: Viewer,
    @Args('range') range: TimeRange,
    @Args('filter', { type: () => UsageFilter, nullable: true }) filter: UsageFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
  ): Promise<TotalReceiptType> {
    return this.totals.receipt(viewer, range, filter ?? {}, first ?? 100);
  }
}

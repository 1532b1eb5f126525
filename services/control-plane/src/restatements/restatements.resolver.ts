import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuid } from '@weir/contracts';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { PreviewRestatementInput } from './restatements.inputs.js';
import { RestatementsService } from './restatements.service.js';
import { RestatementPageType, RestatementType } from './restatements.types.js';

@Resolver(() => RestatementType)
export class RestatementsResolver {
  constructor(private readonly restatements: RestatementsService) {}

  @Query(() => RestatementPageType, { name: 'restatements', description: 'Newest first.' })
  @Allow('ledger.read')
  list(
    @CurrentViewer() viewer: Viewer,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<RestatementPageType> {
    return this.restatements.page(viewer, first ?? 20, after ?? null);
  }

  @Query(() => RestatementType, { name: 'restatement', nullable: true })
  @Allow('ledger.read')
  async one(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<RestatementType | null> {
    return uuid.safeParse(id).success ? this.restatements.one(viewer, id) : null;
  }

  @Mutation(() => RestatementType, {
    description: 'Works out what rating a range again would change, by the prices known now. Books nothing.',
  })
  @Allow('ledger.write')
  previewRestatement(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => PreviewRestatementInput }) input: PreviewRestatementInput,
  ): Promise<RestatementType> {
    return this.restatements.preview(viewer, input);
  }

  @Mutation(() => RestatementType, { description: 'Books what was previewed. Safe to repeat.' })
  @Allow('ledger.write')
  bookRestatement(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<RestatementType> {
    return this.restatements.book(viewer, id);
  }

  @Mutation(() => RestatementType, { description: 'Only before its booking is ordered.' })
  @Allow('ledger.write')
  cancelRestatement(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<RestatementType> {
    return this.restatements.cancel(viewer, id);
  }

  @Mutation(() => RestatementType, {
    description: 'Previews taking a booked restatement back: what stood before it stands again. Booked like any other.',
  })
  @Allow('ledger.write')
  reverseRestatement(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
    @Args('reason', { type: () => String }) reason: string,
  ): Promise<RestatementType> {
    return this.restatements.reverse(viewer, id, reason);
  }
}

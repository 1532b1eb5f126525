import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { SavedViewsService } from './saved-views.service.js';
import { SavedViewInput, SavedViewType } from './saved-views.types.js';

/** Whoever may see usage may keep views of it. */
@Resolver(() => SavedViewType)
@Allow('usage.read')
export class SavedViewsResolver {
  constructor(private readonly views: SavedViewsService) {}

  @Query(() => [SavedViewType])
  savedViews(@CurrentViewer() viewer: Viewer): Promise<SavedViewType[]> {
    return this.views.list(viewer);
  }

  @Mutation(() => SavedViewType)
  createSavedView(@CurrentViewer() viewer: Viewer, @Args('input') input: SavedViewInput): Promise<SavedViewType> {
    return this.views.create(viewer, input);
  }

  @Mutation(() => SavedViewType)
  updateSavedView(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
    @Args('input') input: SavedViewInput,
  ): Promise<SavedViewType> {
    return this.views.update(viewer, id, input);
  }

  @Mutation(() => Boolean)
  deleteSavedView(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<boolean> {
    return this.views.delete(viewer, id);
  }
}

import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { FacetsArgs, InRange } from '../usage.args.js';
import { FacetsService } from './facets.service.js';
import { UsageFacetsType } from './facets.types.js';

@Resolver()
export class FacetsResolver {
  constructor(private readonly facets: FacetsService) {}

  @Query(() => UsageFacetsType, {
    description: "What a filter can be set to: narrowed by every other filter, not by the dimension's own.",
  })
  @Allow('usage.read')
  usageFacets(@CurrentViewer() viewer: Viewer, @Args() args: FacetsArgs): Promise<UsageFacetsType> {
    return this.facets.values(viewer, args);
  }

  @Query(() => [String], { description: 'Keys of tags that calls of the range have.' })
  @Allow('usage.read')
  usageTagKeys(@CurrentViewer() viewer: Viewer, @Args() { range, filter }: InRange): Promise<string[]> {
    return this.facets.tagKeys(viewer, range, filter ?? {});
  }
}

import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ViewerType } from '../accounts/accounts.types.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { Public } from '../platform/policy.js';
import { MaybeViewer, type Viewer } from '../platform/viewer.js';
import { ZodPipe } from '../platform/zod-pipe.js';
import { InstallationService } from './installation.service.js';
import { InstallationType, SetUpInput, setUpInput } from './installation.types.js';

@Resolver(() => InstallationType)
export class InstallationResolver {
  constructor(private readonly installation: InstallationService) {}

  @Query(() => InstallationType, {
    name: 'installation',
    description: 'Whether first-run set-up is open, and whether anybody is signed in. Public.',
  })
  @Public()
  describe(@MaybeViewer() viewer: Viewer | null): Promise<InstallationType> {
    return this.installation.describe(viewer);
  }

  @Mutation(() => ViewerType, {
    description: 'First run: creates the admin account. The token comes from the one-time set-up link. Public.',
  })
  @Public()
  setUp(
    @Context() context: GraphqlContext,
    @Args('input', { type: () => SetUpInput }, new ZodPipe(setUpInput)) input: SetUpInput,
  ): Promise<ViewerType> {
    return this.installation.setUp(context, input);
  }
}

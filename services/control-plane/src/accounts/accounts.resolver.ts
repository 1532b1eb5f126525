import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { Allow, Public } from '../platform/policy.js';
import { CurrentViewer, MaybeViewer, type Viewer } from '../platform/viewer.js';
import { ZodPipe } from '../platform/zod-pipe.js';
import { AccountsService } from './accounts.service.js';
import { ChangePasswordInput, changePasswordInput, SignInInput, signInInput, ViewerType } from './accounts.types.js';

@Resolver(() => ViewerType)
export class AccountsResolver {
  constructor(private readonly accounts: AccountsService) {}

  @Query(() => ViewerType, { nullable: true, description: 'null when nobody is signed in. Public.' })
  @Public()
  async viewer(@MaybeViewer() viewer: Viewer | null): Promise<ViewerType | null> {
    return viewer && this.accounts.describe(viewer);
  }

  @Mutation(() => ViewerType, { description: 'Public.' })
  @Public()
  signIn(
    @Context() context: GraphqlContext,
    @Args('input', { type: () => SignInInput }, new ZodPipe(signInInput)) input: SignInInput,
  ): Promise<ViewerType> {
    return this.accounts.signIn(context, input);
  }

  @Mutation(() => Boolean)
  @Allow('self')
  async changePassword(
    @Context() context: GraphqlContext,
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => ChangePasswordInput }, new ZodPipe(changePasswordInput)) input: ChangePasswordInput,
  ): Promise<boolean> {
    await this.accounts.changePassword(context, viewer, input);
    return true;
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CreateAppInput, CreateTokenInput } from './apps.inputs.js';
import { AppsService } from './apps.service.js';
import { AppType, CreatedToken, TokenType } from './apps.types.js';
import { TokensService } from './tokens.service.js';

@Resolver(() => AppType)
export class AppsResolver {
  constructor(
    private readonly appsService: AppsService,
    private readonly tokens: TokensService,
  ) {}

  @Query(() => [AppType])
  @Allow('app.read')
  apps(@CurrentViewer() viewer: Viewer): Promise<AppType[]> {
    return this.appsService.list(viewer);
  }

  @Query(() => AppType, { nullable: true })
  @Allow('app.read')
  app(@CurrentViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<AppType | null> {
    return this.appsService.get(viewer, id);
  }

  @Mutation(() => AppType)
  @Allow('app.write')
  createApp(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateAppInput): Promise<AppType> {
    return this.appsService.create(viewer, input);
  }

  @Mutation(() => Boolean)
  @Allow('app.write')
  deleteApp(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }) id: string,
    @Args('confirmName', { type: () => String }) confirmName: string,
  ): Promise<boolean> {
    return this.appsService.delete(viewer, id, confirmName);
  }

  @Mutation(() => CreatedToken)
  @Allow('app.write')
  createToken(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateTokenInput): Promise<CreatedToken> {
    return this.tokens.create(viewer, input);
  }

  @Mutation(() => TokenType)
  @Allow('app.write')
  revokeToken(@CurrentViewer() viewer: Viewer, @Args('id', { type: () => ID }) id: string): Promise<TokenType> {
    return this.tokens.revoke(viewer, id);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ApiTokensService } from './api-tokens.service.js';
import { ApiTokenType, CreateApiTokenInput, CreatedApiToken } from './api-tokens.types.js';

@Resolver(() => ApiTokenType)
export class ApiTokensResolver {
  constructor(private readonly tokens: ApiTokensService) {}

  @Query(() => [ApiTokenType])
  @Allow('api_token.read')
  apiTokens(@CurrentViewer() viewer: Viewer): Promise<ApiTokenType[]> {
    return this.tokens.list(viewer);
  }

  @Mutation(() => CreatedApiToken)
  @Allow('api_token.write')
  createApiToken(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateApiTokenInput): Promise<CreatedApiToken> {
    return this.tokens.create(viewer, input);
  }

  @Mutation(() => ApiTokenType)
  @Allow('api_token.write')
  revokeApiToken(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<ApiTokenType> {
    return this.tokens.revoke(viewer, id);
  }
}

import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { SessionsService } from './sessions.service.js';
import { SessionType } from './sessions.types.js';

@Resolver(() => SessionType)
export class SessionsResolver {
  constructor(private readonly sessions: SessionsService) {}

  @Query(() => [SessionType], { name: 'sessions' })
  @Allow('self')
  list(@CurrentViewer() viewer: Viewer): Promise<SessionType[]> {
    return this.sessions.list(viewer);
  }

  @Mutation(() => Boolean)
  @Allow('self')
  async revokeSession(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<boolean> {
    await this.sessions.revoke(viewer, id);
    return true;
  }

  @Mutation(() => Boolean)
  @Allow('self')
  async signOut(@Context() context: GraphqlContext): Promise<boolean> {
    await this.sessions.close(context);
    return true;
  }
}

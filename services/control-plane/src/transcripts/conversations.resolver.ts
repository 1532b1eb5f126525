import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ConversationsService } from './conversations.service.js';
import { ConversationFilter, ConversationPageType, ConversationType } from './conversations.types.js';
import { TurnOrder, TurnPageType, TurnType } from './turns.types.js';

@Resolver()
export class ConversationsResolver {
  constructor(private readonly service: ConversationsService) {}

  @Query(() => ConversationPageType, {
    description:
      'By their last turn that fits, newest first. A page may hold fewer than asked for while there are more.',
  })
  @Allow('transcript.read')
  conversations(
    @CurrentViewer() viewer: Viewer,
    @Args('filter', { type: () => ConversationFilter, nullable: true }) filter: ConversationFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ConversationPageType> {
    return this.service.list(viewer, filter ?? {}, first ?? 50, after ?? null);
  }

  @Query(() => ConversationType, { nullable: true })
  @Allow('transcript.read')
  conversation(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ConversationType | null> {
    return this.service.get(viewer, id);
  }

  @Query(() => ID, { nullable: true, description: 'null = the call is not recorded, or not any more.' })
  @Allow('transcript.read')
  conversationOfCall(
    @CurrentViewer() viewer: Viewer,
    @Args('eventId', { type: () => ID }) eventId: string,
  ): Promise<string | null> {
    return this.service.ofCall(viewer, eventId);
  }

  @Query(() => TurnPageType, {
    nullable: true,
    description: 'Searching in what was said takes `transcript_body.read`. null = there is no such conversation.',
  })
  @Allow('transcript.read')
  turns(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('order', { type: () => TurnOrder, nullable: true, defaultValue: TurnOrder.oldest }) order: TurnOrder | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ): Promise<TurnPageType | null> {
    return this.service.turns(viewer, conversationId, {
      ...{ first: first ?? 50, after: after ?? null, order: order ?? TurnOrder.oldest, search: search ?? null },
    });
  }

  @Query(() => TurnType, { nullable: true })
  @Allow('transcript.read')
  turn(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('eventId', { type: () => ID }) eventId: string,
  ): Promise<TurnType | null> {
    return this.service.turn(viewer, conversationId, eventId);
  }
}

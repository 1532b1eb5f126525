import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { BodiesService } from './bodies.service.js';
import { BodySide, RecordedBodyType, SaidMessageType, TurnsSaidType } from './bodies.types.js';

/** Every answer with content is in the audit trail. */
@Resolver()
export class BodiesResolver {
  constructor(private readonly bodies: BodiesService) {}

  @Query(() => TurnsSaidType, {
    nullable: true,
    description: 'Of at most 50 turns of one conversation; null = there are no such turns.',
  })
  @Allow('transcript_body.read')
  turnsSaid(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('eventIds', { type: () => [ID] }) eventIds: string[],
  ): Promise<TurnsSaidType | null> {
    return this.bodies.said(viewer, conversationId, eventIds);
  }

  @Query(() => SaidMessageType, { nullable: true, description: 'One message with all of its text.' })
  @Allow('transcript_body.read')
  saidMessage(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<SaidMessageType | null> {
    return this.bodies.message(viewer, conversationId, id);
  }

  @Query(() => RecordedBodyType, { nullable: true })
  @Allow('transcript_body.read')
  turnBody(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('eventId', { type: () => ID }) eventId: string,
    @Args('side', { type: () => BodySide }) side: BodySide,
  ): Promise<RecordedBodyType | null> {
    return this.bodies.body(viewer, conversationId, eventId, side);
  }
}

import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { SaidMessageType } from '../bodies.types.js';
import { PromptsService } from './prompts.service.js';
import { TurnPromptType } from './prompts.types.js';

@Resolver()
export class PromptsResolver {
  constructor(private readonly prompts: PromptsService) {}

  @Query(() => TurnPromptType, { nullable: true })
  @Allow('transcript_body.read')
  turnPrompt(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('eventId', { type: () => ID }) eventId: string,
  ): Promise<TurnPromptType | null> {
    return this.prompts.prompt(viewer, conversationId, eventId);
  }

  @Query(() => [SaidMessageType], {
    nullable: true,
    description: 'Of at most 200 messages of one conversation, those that are stored; large ones without their text.',
  })
  @Allow('transcript_body.read')
  saidMessages(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('ids', { type: () => [ID] }) ids: string[],
  ): Promise<SaidMessageType[] | null> {
    return this.prompts.messages(viewer, conversationId, ids);
  }

  @Query(() => [ID], {
    nullable: true,
    description:
      'Turns that first brought a message with all of these words, oldest first, at most 20,000; null = none did.',
  })
  @Allow('transcript_body.read')
  turnsWithWords(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('search', { type: () => String }) search: string,
  ): Promise<string[] | null> {
    return this.prompts.turnsWith(viewer, conversationId, search);
  }
}

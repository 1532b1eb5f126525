import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { DateTime } from '../../platform/scalars.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { SpansService } from './spans.service.js';
import { AgentSpanPageType, AgentTraceType } from './spans.types.js';

@Resolver()
export class SpansResolver {
  constructor(private readonly service: SpansService) {}

  @Query(() => AgentSpanPageType, {
    description: 'What agents tell of a conversation beside its calls: spans that began in [from, to).',
  })
  @Allow('transcript.read')
  conversationSpans(
    @CurrentViewer() viewer: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
    @Args('from', { type: () => DateTime, nullable: true }) from: Date | null,
    @Args('to', { type: () => DateTime, nullable: true }) to: Date | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AgentSpanPageType> {
    const range = { from: from ?? null, to: to ?? null };
    return this.service.ofConversation(viewer, conversationId, { ...range, first: first ?? 200, after: after ?? null });
  }

  @Query(() => AgentSpanPageType, {
    description: 'Spans of a trace, and of those in which the same app names the same conversation.',
  })
  @Allow('transcript.read')
  traceSpans(
    @CurrentViewer() viewer: Viewer,
    @Args('traceId', { type: () => ID }) traceId: string,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 200 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<AgentSpanPageType> {
    return this.service.ofTrace(viewer, traceId, { first: first ?? 200, after: after ?? null });
  }

  @Query(() => [AgentTraceType], {
    description: 'Traces by their id, or by the id of a conversation, a span or an answer as agents state it.',
  })
  @Allow('transcript.read')
  agentTraces(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => String }) id: string,
  ): Promise<AgentTraceType[]> {
    return this.service.find(viewer, id);
  }
}

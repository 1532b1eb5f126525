import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { conversationTimeline } from '@weir/clickhouse';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { UsageReader } from '../../usage/reader.service.js';
import { inColumns } from './in-columns.js';
import { ConversationTimelineType } from './timeline.types.js';

@Resolver()
export class TimelineResolver {
  constructor(private readonly reader: UsageReader) {}

  @Query(() => ConversationTimelineType, { nullable: true, description: 'null = there is no such conversation.' })
  @Allow('transcript.read')
  async conversationTimeline(
    @CurrentViewer() { projectId }: Viewer,
    @Args('conversationId', { type: () => ID }) conversationId: string,
  ): Promise<ConversationTimelineType | null> {
    const found = await this.reader.ask((connection) => conversationTimeline(connection, projectId, conversationId));
    return found.marks.length === 0 ? null : inColumns(found);
  }
}

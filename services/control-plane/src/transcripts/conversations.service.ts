import { Injectable } from '@nestjs/common';
import { conversationOfCall, getConversation, getTurn, listConversations, listTurns } from '@weir/clickhouse';
import { Forbidden } from '../platform/errors.js';
import { permissionsOf } from '../platform/policy.js';
import type { Viewer } from '../platform/viewer.js';
import { inBounds } from '../usage/filter.js';
import { UsageReader } from '../usage/reader.service.js';
import { toConversationFilter, toSearch } from './conversation-filter.js';
import type { ConversationFilter, ConversationPageType, ConversationType } from './conversations.types.js';
import { TranscriptReads } from './reads.service.js';
import { filterInTrail, TranscriptSearches } from './searches.service.js';
import { toConversation, toTurn } from './to-types.js';
import type { TurnOrder, TurnPageType, TurnType } from './turns.types.js';

const MAX_CONVERSATIONS = 100;
const MAX_TURNS = 200;

const mayReadBodies = (viewer: Viewer) => permissionsOf(viewer).includes('transcript_body.read');

/**
 * Conversations and their turns without what was said in them. A title is words of a request, and a hit tells that words were
 * said: both are for those who may read bodies, and stand in the trail as such reads.
 */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly reader: UsageReader,
    private readonly reads: TranscriptReads,
    private readonly searches: TranscriptSearches,
  ) {}

  /** @throws InputError naming the field */
  async list(
    viewer: Viewer,
    filter: ConversationFilter,
    first: number,
    after: string | null,
  ): Promise<ConversationPageType> {
    inBounds('first', first, MAX_CONVERSATIONS);
    const withTitle = mayReadBodies(viewer);
    const stored = toConversationFilter(filter, withTitle);
    const trail = filterInTrail(filter);
    if (withTitle) await this.searches.recordSearch(viewer, stored.search, trail);
    const page = await this.reader.ask((connection) =>
      listConversations(connection, viewer.projectId, { filter: stored, first, after: after ?? undefined }),
    );
    const nodes = page.nodes.map((one) => toConversation(one, withTitle));
    await this.searches.recordTitles(viewer, trail, nodes.filter(({ title }) => title !== null).length);
    return { ...page, nodes };
  }

  async get(viewer: Viewer, id: string): Promise<ConversationType | null> {
    const found = await this.reader.ask((connection) => getConversation(connection, viewer.projectId, id));
    if (found === null) return null;
    const shown = toConversation(found, mayReadBodies(viewer));
    if (shown.title !== null) await this.reads.record(viewer, 'transcript.read', shown.id, {});
    return shown;
  }

  async ofCall({ projectId }: Viewer, eventId: string): Promise<string | null> {
    return this.reader.ask((connection) => conversationOfCall(connection, projectId, eventId));
  }

  /** @throws InputError naming the field, Forbidden for a search by who may read no bodies */
  async turns(
    viewer: Viewer,
    conversationId: string,
    page: { first: number; after: string | null; order: TurnOrder; search: string | null },
  ): Promise<TurnPageType | null> {
    inBounds('first', page.first, MAX_TURNS);
    const search = toSearch(page.search, 'search');
    if (search !== undefined && !mayReadBodies(viewer)) {
      throw new Forbidden('Your role does not allow searching in what was said.');
    }
    await this.searches.recordSearch(viewer, search, { conversationId });
    const { nodes, ...rest } = await this.reader.ask((connection) =>
      listTurns(connection, viewer.projectId, conversationId, {
        ...{ first: page.first, after: page.after ?? undefined, order: page.order, search },
      }),
    );
    if (nodes.length === 0 && page.after === null && search === undefined) return null;
    return { ...rest, nodes: nodes.map(toTurn) };
  }

  async turn({ projectId }: Viewer, conversationId: string, eventId: string): Promise<TurnType | null> {
    const found = await this.reader.ask((connection) => getTurn(connection, projectId, conversationId, eventId));
    return found && toTurn(found);
  }
}

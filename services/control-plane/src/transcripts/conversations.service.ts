import { Injectable } from '@nestjs/common';
import { conversationOfCall, getConversation, getTurn, listConversations, listTurns } from '@weir/clickhouse';
import { Forbidden } from '../platform/errors.js';
import { permissionsOf } from '../platform/policy.js';
import type { Viewer } from '../platform/viewer.js';
import { inBounds } from '../usage/filter.js';
import { UsageReader } from '../usage/reader.service.js';
import { toConversationFilter, toSearch } from './conversation-filter.js';
import type { ConversationFilter, ConversationPageType, ConversationType } from './conversations.types.js';
import { toConversation, toTurn } from './to-types.js';
import type { TurnOrder, TurnPageType, TurnType } from './turns.types.js';

const MAX_CONVERSATIONS = 100;
const MAX_TURNS = 200;

const mayReadBodies = (viewer: Viewer) => permissionsOf(viewer).includes('transcript_body.read');

/** Conversations and their turns without what was said in them; a title is words of a request, and is so too. */
@Injectable()
export class ConversationsService {
  constructor(private readonly reader: UsageReader) {}

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
    const page = await this.reader.ask((connection) =>
      listConversations(connection, viewer.projectId, { filter: stored, first, after: after ?? undefined }),
    );
    return { ...page, nodes: page.nodes.map((one) => toConversation(one, withTitle)) };
  }

  async get(viewer: Viewer, id: string): Promise<ConversationType | null> {
    const found = await this.reader.ask((connection) => getConversation(connection, viewer.projectId, id));
    return found && toConversation(found, mayReadBodies(viewer));
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

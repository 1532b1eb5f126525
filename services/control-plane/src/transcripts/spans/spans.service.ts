import { Injectable } from '@nestjs/common';
import {
  EARLIEST_MS,
  findTraces,
  LATEST_MS,
  tracesOf,
  tracesTogether,
  turnLinks,
  turnsInTraces,
} from '@weir/clickhouse';
import { isTraceId, uuid } from '@weir/contracts';
import { InputError } from '../../platform/errors.js';
import type { Viewer } from '../../platform/viewer.js';
import { inBounds } from '../../usage/filter.js';
import { UsageReader } from '../../usage/reader.service.js';
import { spanPage } from './page.js';
import type { AgentSpanPageType, AgentTraceType } from './spans.types.js';

const MAX_SPANS = 500;
const MAX_ID_CHARACTERS = 255;
const NOTHING: AgentSpanPageType = { nodes: [], endCursor: null, hasNextPage: false, isCut: false };

export interface SpansAsked {
  readonly first: number;
  readonly after: string | null;
}

/** Steps that agents tell of, beside the calls that went through the gateway. Nothing that was said is in them. */
@Injectable()
export class SpansService {
  constructor(private readonly reader: UsageReader) {}

  /** Spans of a conversation that began in `[from, to)`; null = open. @throws InputError naming the field */
  ofConversation(
    { projectId }: Viewer,
    conversationId: string,
    { from, to, first, after }: SpansAsked & { readonly from: Date | null; readonly to: Date | null },
  ): Promise<AgentSpanPageType> {
    inBounds('first', first, MAX_SPANS);
    const window = { from: from?.getTime() ?? EARLIEST_MS, to: to?.getTime() ?? LATEST_MS };
    if (window.from >= window.to) {
      throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'from');
    }
    if (!uuid.safeParse(conversationId).success) return Promise.resolve(NOTHING);
    return this.reader.ask(async (connection) => {
      const turns = await turnLinks(connection, projectId, conversationId, window);
      const traces = await tracesOf(connection, projectId, turns, window);
      return spanPage(connection, { projectId, traces, turns, window, first, after });
    });
  }

  /** Spans of a trace, and of those in which its app names the same conversation. */
  ofTrace({ projectId }: Viewer, traceId: string, { first, after }: SpansAsked): Promise<AgentSpanPageType> {
    inBounds('first', first, MAX_SPANS);
    if (!isTraceId(traceId)) return Promise.resolve(NOTHING);
    return this.reader.ask(async (connection) => {
      const traces = await tracesTogether(connection, projectId, traceId);
      const window = { from: EARLIEST_MS, to: LATEST_MS };
      return spanPage(connection, { projectId, traces, turns: [], window, first, after });
    });
  }

  /** Traces by an id that somebody has from a log. @throws InputError `ID_TOO_LONG` */
  find({ projectId }: Viewer, id: string): Promise<AgentTraceType[]> {
    const wanted = id.trim();
    if (wanted.length > MAX_ID_CHARACTERS) {
      throw new InputError('ID_TOO_LONG', `An id has at most ${MAX_ID_CHARACTERS} characters.`, 'id');
    }
    if (wanted === '') return Promise.resolve([]);
    return this.reader.ask(async (connection) => {
      const found = await findTraces(connection, projectId, wanted);
      const turns = await turnsInTraces(
        connection,
        projectId,
        found.map(({ traceId }) => traceId),
      );
      const conversations = new Map(turns.map(({ traceId, conversationId }) => [traceId, conversationId]));
      return found.map((one) => ({
        ...one,
        conversationId: conversations.get(one.traceId) ?? null,
        startedAt: new Date(one.startedAt),
        lastSpanAt: new Date(one.lastSpanAt),
      }));
    });
  }
}

import {
  callsInTraces,
  MAX_LINKS,
  type Reader,
  type SpanWindow,
  spanDetails,
  spanLinks,
  type TurnLink,
  turnsInTraces,
} from '@weir/clickhouse';
import { InputError } from '../../platform/errors.js';
import { type GatewayCall, type PlacedSpan, placeSpans } from './place.js';
import type { AgentSpanCategory, AgentSpanPageType, AgentSpanStatus, AgentSpanType } from './spans.types.js';

export interface SpanPageAsked {
  readonly projectId: string;
  readonly traces: readonly string[];
  /** Recorded turns that are known already. */
  readonly turns: readonly TurnLink[];
  /** Spans that began in `[from, to)`; UTC epoch ms. */
  readonly window: SpanWindow;
  readonly first: number;
  readonly after: string | null;
}

/** A page of the spans of traces, each beside the calls that it tells of. @throws InputError `CURSOR_INVALID` */
export async function spanPage(reader: Reader, asked: SpanPageAsked): Promise<AgentSpanPageType> {
  const { projectId, traces, window, first, after } = asked;
  const beyond = after === null ? null : keyOf(after);
  const links = await spanLinks(reader, projectId, traces, window.to);
  if (links.length === 0) return { nodes: [], endCursor: null, hasNextPage: false, isCut: false };
  const starts = links.map(({ startedAtUs }) => startedAtUs / 1_000);
  const told = { from: Math.floor(Math.min(...bounds(starts))), to: Math.ceil(Math.max(...bounds(starts))) };
  const [turns, calls] = await Promise.all([
    turnsInTraces(reader, projectId, traces),
    callsInTraces(reader, projectId, traces, told),
  ]);
  const unrecorded = calls.map((call) => ({ ...call, conversationId: null, spanId: null, responseId: null }));
  // What is recorded knows more of a call than its event.
  const all = new Map<string, GatewayCall>([...unrecorded, ...turns, ...asked.turns].map((one) => [one.eventId, one]));
  const placed = placeSpans(links, [...all.values()])
    .filter(({ link: { startedAtUs } }) => startedAtUs >= window.from * 1_000 && startedAtUs < window.to * 1_000)
    .sort((a, b) => compare(orderOf(a), orderOf(b)));
  const rest = beyond === null ? placed : placed.filter((one) => compare(orderOf(one), beyond) > 0);
  const page = rest.slice(0, first);
  const last = page.at(-1);
  return {
    nodes: await detailed(reader, projectId, page),
    endCursor: last === undefined ? null : orderOf(last).join(':'),
    hasNextPage: rest.length > page.length,
    isCut: links.length === MAX_LINKS,
  };
}

/** First and last of what is in order. */
const bounds = (inOrder: readonly number[]): number[] => [inOrder[0] as number, inOrder.at(-1) as number];

type Order = readonly [startedAtUs: number, id: string];

const orderOf = ({ link }: PlacedSpan): Order => [link.startedAtUs, `${link.spanId}${link.appId}`];
const compare = ([at, id]: Order, [otherAt, otherId]: Order): number =>
  at - otherAt || (id < otherId ? -1 : Number(id > otherId));

function keyOf(cursor: string): Order {
  const [, at, id] = /^(\d{1,16}):([0-9a-f-]{1,64})$/.exec(cursor) ?? [];
  if (id === undefined)
    throw new InputError('CURSOR_INVALID', 'This page link is damaged; start from the first page.', 'after');
  return [Number(at), id];
}

async function detailed(reader: Reader, projectId: string, page: readonly PlacedSpan[]): Promise<AgentSpanType[]> {
  const links = page.map(({ link }) => link);
  const found = await spanDetails(reader, projectId, links);
  const details = new Map(found.map((one) => [`${one.traceId}/${one.spanId}/${one.appId}`, one]));
  return page.flatMap(({ link, depth, calls, hasOwnFigures }) => {
    const detail = details.get(`${link.traceId}/${link.spanId}/${link.appId}`);
    if (detail === undefined) return [];
    const { attributes, servedModel, requestedModel, inputTokens, outputTokens, status, ...rest } = detail;
    return {
      ...rest,
      ...{ parentSpanId: link.parentSpanId, depth, durationMs: link.durationMs, isElsewhere: hasOwnFigures },
      category: link.category as AgentSpanCategory,
      status: status as AgentSpanStatus,
      startedAt: new Date(link.startedAtUs / 1_000),
      model: servedModel ?? requestedModel,
      inputTokens: hasOwnFigures ? inputTokens : null,
      outputTokens: hasOwnFigures ? outputTokens : null,
      calls: calls.map(({ eventId, conversationId }) => ({ eventId, conversationId })),
      attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    };
  });
}

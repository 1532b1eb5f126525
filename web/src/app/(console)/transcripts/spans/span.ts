import type { ResultOf } from '@/graphql/graphql';
import type { CONVERSATION_SPANS } from './queries';

export type SpanPage = ResultOf<typeof CONVERSATION_SPANS>['conversationSpans'];
export type Span = SpanPage['nodes'][number];

export const keyOfSpan = ({ traceId, spanId, app }: Span): string => `${traceId}/${spanId}/${app}`;

/** Between two turns that are shown one after the other; null = open. */
export interface Gap {
  readonly key: string;
  readonly from: string | null;
  readonly to: string | null;
}

export interface GapSpans {
  readonly spans: readonly Span[];
  /** There are more than came along. */
  readonly hasMore: boolean;
}

/** A turn stands for the spans that tell of its call. */
export const isShown =
  (conversationId: string) =>
  ({ calls }: Span): boolean =>
    !calls.some((call) => call.conversationId === conversationId);

/**
 * Puts a page of spans into the gaps it was asked for, in their order. What comes after a page that did not reach the end is not
 * among them: it is to be asked for.
 */
export function intoGaps(gaps: readonly Gap[], { nodes, hasNextPage }: SpanPage): ReadonlyMap<string, GapSpans> {
  const last = nodes.at(-1);
  const reached = hasNextPage && last !== undefined ? Date.parse(last.startedAt) : Number.POSITIVE_INFINITY;
  const found = new Map<string, GapSpans>();
  for (const { key, from, to } of gaps) {
    const [start, end] = [startOf(from), to === null ? Number.POSITIVE_INFINITY : Date.parse(to)];
    if (start > reached) continue;
    const spans = nodes.filter(({ startedAt }) => Date.parse(startedAt) >= start && Date.parse(startedAt) < end);
    found.set(key, { spans, hasMore: reached < end });
  }
  return found;
}

const startOf = (from: string | null): number => (from === null ? Number.NEGATIVE_INFINITY : Date.parse(from));

/** The gap that a turn leaves until the next one; null where nothing can be in it, or it is not known yet. */
export function gapAfter(
  turn: { readonly eventId: string; readonly startedAt: string },
  next: { readonly startedAt: string } | undefined,
  isLast: boolean,
): Gap | null {
  if (next === undefined && !isLast) return null;
  const to = next?.startedAt ?? null;
  if (to !== null && Date.parse(to) <= Date.parse(turn.startedAt)) return null;
  return { key: `${turn.eventId} ${to ?? ''}`, from: turn.startedAt, to };
}

/** What began before the first turn did. */
export function gapBefore(first: { readonly eventId: string; readonly startedAt: string } | undefined): Gap | null {
  return first === undefined ? null : { key: `before ${first.eventId}`, from: null, to: first.startedAt };
}

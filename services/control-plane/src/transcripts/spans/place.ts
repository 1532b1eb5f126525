import type { SpanLink } from '@weir/clickhouse';
import { SpanTree } from './tree.js';

/** A call of the gateway, by what a span can tell of it. Times are UTC epoch ms. */
export interface GatewayCall {
  readonly eventId: string;
  readonly callId: string;
  /** null = it is not recorded. */
  readonly conversationId: string | null;
  readonly traceId: string | null;
  /** The app's span that it was made in; null = not known. */
  readonly spanId: string | null;
  /** null = not known. */
  readonly responseId: string | null;
  readonly startedAt: number;
}

export interface PlacedSpan {
  readonly link: SpanLink;
  /** Spans above it that tell of no call. */
  readonly depth: number;
  /** Calls that the span tells of: theirs are the figures. */
  readonly calls: readonly GatewayCall[];
  /** It is a request to a model of which nothing else here has the figures. */
  readonly hasOwnFigures: boolean;
}

/** Between the app's clock and ours. */
const CLOCK_SLACK_MS = 1_000;

/**
 * Tells which spans and which calls of the gateway are the same thing, so that nothing stands there twice. A call belongs to the
 * span that states its id, else to the request it was made in, else to the one that states its answer's id, else to the shortest
 * request to a model of its trace that was under way when it began.
 */
export function placeSpans(links: readonly SpanLink[], calls: readonly GatewayCall[]): PlacedSpan[] {
  const tree = new SpanTree(links);
  const models = links.filter((link) => link.category === 'model' && tree.modelsBelow(link).length === 0);
  const byRequest = new Map(
    links.filter(isRequest).flatMap((link) => (link.requestId === null ? [] : [[link.requestId, link]])),
  );
  const byResponse = new Map(models.flatMap((link) => (link.responseId === null ? [] : [[link.responseId, link]])));
  const byTrace = Map.groupBy(models, ({ traceId }) => traceId);
  const told = new Map<SpanLink, GatewayCall[]>();

  const tell = (span: SpanLink, call: GatewayCall): void => {
    for (const each of tree.sameAs(span)) {
      const already = told.get(each);
      if (already === undefined) told.set(each, [call]);
      else if (!already.includes(call)) already.push(call);
    }
  };
  const madeIn = ({ traceId, spanId }: GatewayCall): SpanLink | undefined =>
    traceId === null || spanId === null ? undefined : tree.at(traceId, spanId);
  const statedBy = (call: GatewayCall): SpanLink[] => {
    const around = madeIn(call);
    const ids = [byRequest.get(call.callId), around !== undefined && isRequest(around) ? around : undefined];
    const found = ids.filter((each) => each !== undefined);
    const ofAnswer = call.responseId === null ? undefined : byResponse.get(call.responseId);
    return found.length > 0 || ofAnswer === undefined ? found : [ofAnswer];
  };
  const during = (call: GatewayCall): SpanLink | undefined => {
    const around = madeIn(call);
    return (byTrace.get(call.traceId ?? '') ?? [])
      .filter((link) => !told.has(link) && lasted(link, call.startedAt))
      .filter((link) => around === undefined || tree.above(link).includes(around))
      .sort((a, b) => (a.durationMs ?? 0) - (b.durationMs ?? 0))[0];
  };

  // What ids say comes first, whatever the order of the calls: a guess must not take a request that states another one.
  const unstated: GatewayCall[] = [];
  for (const call of calls) {
    const spans = statedBy(call);
    if (spans.length === 0) unstated.push(call);
    for (const span of spans) tell(span, call);
  }
  for (const call of unstated) {
    const span = during(call);
    if (span !== undefined) tell(span, call);
  }
  const own = new Set(models);
  return links.map((link) => ({
    link,
    depth: tree.above(link).filter((each) => !told.has(each)).length,
    calls: told.get(link) ?? [],
    hasOwnFigures: own.has(link) && !told.has(link),
  }));
}

const isRequest = ({ category }: SpanLink): boolean => category === 'model' || category === 'http';

function lasted({ startedAtUs, durationMs }: SpanLink, atMs: number): boolean {
  const sinceMs = atMs - startedAtUs / 1_000;
  return sinceMs >= -CLOCK_SLACK_MS && sinceMs <= (durationMs ?? 0) + CLOCK_SLACK_MS;
}

import type { SpanLink } from '@weir/clickhouse';

/** Ids may go in a circle, and nobody reads deeper. */
const MAX_DEPTH = 100;

const keyOf = (traceId: string, spanId: string): string => `${traceId}/${spanId}`;
const isModel = ({ category }: SpanLink): boolean => category === 'model';
const isHttp = ({ category }: SpanLink): boolean => category === 'http';

/** Spans of several traces by their parents. */
export class SpanTree {
  private readonly byKey = new Map<string, SpanLink>();
  private readonly below = new Map<SpanLink, SpanLink[]>();

  constructor(links: readonly SpanLink[]) {
    for (const link of links) {
      const key = keyOf(link.traceId, link.spanId);
      // Two apps may send the same id; the first one is taken for the parent of others.
      if (!this.byKey.has(key)) this.byKey.set(key, link);
    }
    for (const link of links) {
      const parent = this.parentOf(link);
      if (parent === undefined) continue;
      const siblings = this.below.get(parent);
      if (siblings === undefined) this.below.set(parent, [link]);
      else siblings.push(link);
    }
  }

  at(traceId: string, spanId: string): SpanLink | undefined {
    return this.byKey.get(keyOf(traceId, spanId));
  }

  /** From its parent to the root. */
  above(link: SpanLink): SpanLink[] {
    const found: SpanLink[] = [];
    for (let at = this.parentOf(link); at !== undefined && found.length < MAX_DEPTH; at = this.parentOf(at)) {
      if (at === link || found.includes(at)) break;
      found.push(at);
    }
    return found;
  }

  /** Requests to models somewhere below it. */
  modelsBelow(link: SpanLink): SpanLink[] {
    return this.allBelow(link).filter(isModel);
  }

  /** All spans that are one and the same request: what carries it, and what wraps it and no other one. */
  sameAs(link: SpanLink): SpanLink[] {
    const same = new Set([link]);
    let request = link;
    if (isHttp(link)) {
      for (const each of this.above(link)) {
        if (isHttp(each)) same.add(each);
        else if (isModel(each)) request = each;
        if (!isHttp(each)) break;
      }
    }
    if (!isModel(request)) return [...same];
    same.add(request);
    for (const each of this.allBelow(request)) if (isHttp(each) || isModel(each)) same.add(each);
    for (const each of this.above(request)) {
      if (!isModel(each) || this.modelsBelow(each).some((one) => !same.has(one))) break;
      same.add(each);
    }
    return [...same];
  }

  private parentOf({ traceId, parentSpanId }: SpanLink): SpanLink | undefined {
    return parentSpanId === null ? undefined : this.at(traceId, parentSpanId);
  }

  private allBelow(link: SpanLink): SpanLink[] {
    const found = new Set<SpanLink>();
    const open = [...(this.below.get(link) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === link || found.has(next)) continue;
      found.add(next);
      open.push(...(this.below.get(next) ?? []));
    }
    return [...found];
  }
}

import type { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import type { UsageReading } from '../provider-type.js';
import type { Mark } from '../sse/mark-search.js';

/** What every dialect remembers while a response passes. Flat and replaced, never changed inside, so a copy is cheap. */
export interface ReplyState {
  readonly servedModel: string | null;
  readonly serviceTier: string | null;
  readonly errorCode: string | null;
  readonly sawToken: boolean;
  readonly finished: boolean;
}

export const EMPTY_REPLY: ReplyState = {
  servedModel: null,
  serviceTier: null,
  errorCode: null,
  sawToken: false,
  finished: false,
};

/** How one endpoint's responses are read: which members matter and what they mean. Pure. */
export interface ReplyRules<S extends ReplyState> {
  readonly initial: S;
  readonly bodyPaths: MemberPaths;
  readonly eventPaths: MemberPaths;
  /** An event without any of these is not parsed once the model is known and the first token was seen. */
  readonly marks: readonly Mark[];
  /** Matches an event that ends a stream and is no JSON. */
  readonly endEvent: RegExp | null;
  /** A stream may come as one JSON array with an element for each event, and an error as an array of one. */
  readonly isArrayStream?: boolean;
  body(state: S, members: MemberScanner): S;
  event(state: S, members: MemberScanner): S;
  reading(state: S): UsageReading;
}

/** Pattern of an event, read as latin1, whose whole data is `data`. */
export function eventOf(data: string): RegExp {
  const literal = data.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:^|[\\r\\n]|\\xef\\xbb\\xbf)data: ?${literal}[ \\t]*(?:[\\r\\n]|$)`);
}

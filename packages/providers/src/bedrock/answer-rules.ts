import type { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import type { ResponseHead, UsageReading } from '../provider-type.js';
import type { ReplyState } from '../reply/reply-rules.js';

/** How one kind of stream message is read. */
export interface EventRule {
  /** Members of its payload to look for; null: that it came says all. */
  readonly paths: MemberPaths | null;
  /** The payload is `{"bytes": <base64>}` around what is looked into. */
  readonly isWrapped: boolean;
  /** Once a token was seen, a wrapped payload that this does not match says nothing new; null: none is left out. */
  readonly marks: RegExp | null;
}

/** How the answers of one of Bedrock's own operations are read, whole or as an event stream. Pure. */
export interface AnswerRules<S extends ReplyState> {
  readonly initial: S;
  readonly bodyPaths: MemberPaths;
  body(state: S, members: MemberScanner): S;
  /** By `:event-type`; messages of other types say nothing that counts. */
  readonly events: Readonly<Record<string, EventRule>>;
  event(state: S, eventType: string, members: MemberScanner | null): S;
  reading(state: S, head: ResponseHead): UsageReading;
}

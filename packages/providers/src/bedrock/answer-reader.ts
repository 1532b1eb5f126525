import { MemberScanner } from '../json/member-scanner.js';
import type { ResponseHead, UsageReader, UsageReading } from '../provider-type.js';
import type { ReplyState } from '../reply/reply-rules.js';
import type { AnswerRules } from './answer-rules.js';
import { StreamReader } from './stream-reader.js';

/** A message's length comes first: no message of the format reaches 2^25 bytes, and no JSON begins with these. */
const LENGTH_FIRST_BYTE_MAX = 0x01;

/** Reads an answer by what it is: a JSON object where an event stream was due is an error or the work of a proxy. */
export class AnswerReader<S extends ReplyState> implements UsageReader {
  private stream: StreamReader<S> | null = null;
  private body: MemberScanner | null = null;

  constructor(
    private readonly rules: AnswerRules<S>,
    private readonly head: ResponseHead,
  ) {}

  get sawToken(): boolean {
    return this.stream?.state.sawToken ?? false;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const first = bytes[0];
    if (first === undefined) return;
    if (this.stream === null && this.body === null) {
      if (first <= LENGTH_FIRST_BYTE_MAX) this.stream = new StreamReader(this.rules);
      else this.body = new MemberScanner(this.rules.bodyPaths);
    }
    this.stream?.push(bytes);
    this.body?.push(bytes);
  }

  read(): UsageReading {
    const { rules, head } = this;
    if (this.stream !== null) return rules.reading(this.stream.state, head);
    const state = { ...rules.initial, finished: this.body !== null || !isEventStream(head.contentType) };
    return rules.reading(this.body === null ? state : rules.body(state, this.body), head);
  }
}

function isEventStream(contentType: string): boolean {
  return contentType.toLowerCase().includes('eventstream');
}

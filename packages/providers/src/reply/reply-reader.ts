import { MemberScanner } from '../json/member-scanner.js';
import type { UsageReader, UsageReading } from '../provider-type.js';
import { ArrayReader } from './array-reader.js';
import { EventReader } from './event-reader.js';
import type { ReplyRules, ReplyState } from './reply-rules.js';

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const LESS_THAN = 0x3c;

/** White space or a byte order mark. */
function isPadding(byte: number): boolean {
  return byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf;
}

/**
 * Reads a response by what it is, not by what its header claims: upstreams and the proxies before them mislabel errors
 * as event streams and streams as JSON. The first byte that is not white space tells a JSON object from a stream.
 */
export class ReplyReader<S extends ReplyState> implements UsageReader {
  private body: MemberScanner | null = null;
  private events: EventReader<S> | ArrayReader<S> | null = null;
  private isDecided = false;

  constructor(
    private readonly rules: ReplyRules<S>,
    private readonly contentType: string,
  ) {}

  get sawToken(): boolean {
    return this.events?.sawToken ?? false;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.isDecided && !this.decide(bytes)) return;
    this.body?.push(bytes);
    this.events?.push(bytes);
  }

  read(): UsageReading {
    if (this.events) return this.rules.reading(this.events.stateNow());
    const finished = this.isDecided || !this.contentType.toLowerCase().includes('text/event-stream');
    const state = { ...this.rules.initial, finished };
    return this.rules.reading(this.body ? this.rules.body(state, this.body) : state);
  }

  private decide(bytes: Buffer): boolean {
    const first = bytes.find((byte) => !isPadding(byte));
    if (first === undefined) return false;
    this.isDecided = true;
    if (first === OPEN_BRACE) this.body = new MemberScanner(this.rules.bodyPaths);
    else if (first === OPEN_BRACKET && this.rules.isArrayStream) this.events = new ArrayReader(this.rules);
    else if (first !== OPEN_BRACKET && first !== LESS_THAN) this.events = new EventReader(this.rules);
    return true;
  }
}

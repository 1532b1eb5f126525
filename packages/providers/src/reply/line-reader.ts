import { MemberScanner } from '../json/member-scanner.js';
import type { UsageReader, UsageReading } from '../provider-type.js';
import type { ReplyRules, ReplyState } from './reply-rules.js';

/** Reads a stream of JSON values one after the other, as servers write them a line each. Holds no line. */
export class LineReader<S extends ReplyState> implements UsageReader {
  private state: S;
  private readonly scanner: MemberScanner;

  constructor(private readonly rules: ReplyRules<S>) {
    this.state = rules.initial;
    this.scanner = new MemberScanner(rules.eventPaths);
  }

  get sawToken(): boolean {
    return this.state.sawToken;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length) {
      const end = this.scanner.push(bytes, at);
      if (this.scanner.isDone) {
        this.state = this.rules.event(this.state, this.scanner);
        this.scanner.reset();
      }
      // A byte that begins no value is passed over.
      at = Math.max(end, at + 1);
    }
  }

  read(): UsageReading {
    return this.rules.reading(this.state);
  }
}

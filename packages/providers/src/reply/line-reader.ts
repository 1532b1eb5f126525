import { MemberScanner } from '../json/member-scanner.js';
import type { UsageReader, UsageReading } from '../provider-type.js';
import type { ReplyRules, ReplyState } from './reply-rules.js';

const LF = 0x0a;

/**
 * Reads a stream of JSON values one after the other, as servers write them a line each. Holds no line.
 * @param isByLine a value ends with its line at the latest, so that a broken line spoils none after it; otherwise a value
 * may span lines
 */
export class LineReader<S extends ReplyState> implements UsageReader {
  private state: S;
  private readonly scanner: MemberScanner;

  constructor(
    private readonly rules: ReplyRules<S>,
    private readonly isByLine: boolean,
  ) {
    this.state = rules.initial;
    this.scanner = new MemberScanner(rules.eventPaths);
  }

  get sawToken(): boolean {
    return this.state.sawToken;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.isByLine) {
      this.readValues(bytes, 0, bytes.length);
      return;
    }
    let at = 0;
    for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, at)) {
      this.readValues(bytes, at, lf);
      this.scanner.reset();
      at = lf + 1;
    }
    this.readValues(bytes, at, bytes.length);
  }

  private readValues(bytes: Buffer, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const end = this.scanner.push(bytes, at, to);
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

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

/**
 * Tells where the events of a server-sent event stream end, whatever the line ends (LF, CR, CRLF, mixed) and wherever
 * the bytes are cut. A comment line before an event's first field is a piece of its own, so that a keep-alive is never
 * held back. (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream)
 */
export class EventBoundary {
  private chunk: Buffer | null = null;
  /** Next line feed and carriage return in the chunk; each byte is searched once. */
  private lfAt = 0;
  private crAt = 0;
  private isLineStarted = false;
  private isComment = false;
  private hasField = false;
  /** The last byte was a CR that ended a line inside an event; an LF right after it is the same line end. */
  private isAfterCr = false;
  private isPieceEndedByCr = false;

  /** Bytes at the start of a new chunk (0 or 1) that still belong to the piece that ended with the last chunk. */
  tail(chunk: Buffer): number {
    const isTail = this.isPieceEndedByCr && chunk[0] === LF;
    if (chunk.length > 0) this.isPieceEndedByCr = false;
    return isTail ? 1 : 0;
  }

  /** Offset just past the piece that holds `from`, or -1 when it goes on in the next chunk. */
  next(chunk: Buffer, from: number): number {
    if (chunk !== this.chunk) {
      this.chunk = chunk;
      this.lfAt = -2;
      this.crAt = -2;
    }
    let pos = from;
    if (this.isAfterCr && pos < chunk.length) {
      this.isAfterCr = false;
      if (chunk[pos] === LF) pos++;
    }
    while (pos < chunk.length) {
      if (!this.isLineStarted) this.isComment = chunk[pos] === COLON;
      const end = this.lineEnd(chunk, pos);
      if (end < 0) {
        this.isLineStarted = true;
        return this.goesOn();
      }
      const isBlank = end === pos && !this.isLineStarted;
      this.isLineStarted = false;
      pos = end + 1;
      const isCr = chunk[end] === CR;
      if (isCr && chunk[pos] === LF) pos++;
      const isCutAfterCr = isCr && pos === end + 1 && pos === chunk.length;
      if (isBlank || (this.isComment && !this.hasField)) {
        this.hasField = false;
        this.isPieceEndedByCr = isCutAfterCr;
        if (pos === chunk.length) this.chunk = null;
        return pos;
      }
      this.hasField = true;
      this.isAfterCr = isCutAfterCr;
    }
    return this.goesOn();
  }

  private goesOn(): -1 {
    this.chunk = null;
    return -1;
  }

  private lineEnd(chunk: Buffer, from: number): number {
    if (this.lfAt !== -1 && this.lfAt < from) this.lfAt = chunk.indexOf(LF, from);
    if (this.crAt !== -1 && this.crAt < from) this.crAt = chunk.indexOf(CR, from);
    if (this.lfAt < 0) return this.crAt;
    return this.crAt < 0 ? this.lfAt : Math.min(this.lfAt, this.crAt);
  }
}

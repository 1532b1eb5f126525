/** Opcodes of RFC 6455 section 5.2. */
const CLOSE = 0x8;
const PING = 0x9;

const LONGEST_HEAD = 14;
const MAX_CONTROL_BYTES = 125;

/** Takes messages piece by piece; some APIs send their JSON as text, others as binary messages. */
export interface FrameSink {
  onData(piece: Buffer): void;
  onDataEnd(): void;
  /** A whole ping. Only where somebody has to answer it. */
  onPing?(payload: Buffer): void;
}

/** Follows one direction of a WebSocket beside its bytes, and finds where its closing frame begins. */
export class FrameReader {
  private readonly head = Buffer.allocUnsafe(LONGEST_HEAD);
  private headBytes = 0;
  private left = 0;
  private mask: Buffer | null = null;
  private maskAt = 0;
  private isFinal = false;
  private isData = false;
  private ping: Buffer | null = null;

  constructor(private readonly sink: FrameSink) {}

  /** Bytes of a frame's head that are held back by whoever must not pass on a part of a closing frame. */
  get heldBytes(): Buffer {
    return this.head.subarray(0, this.headBytes);
  }

  /** Bytes of a frame are still to come after its head. */
  get isInsideFrame(): boolean {
    return this.left > 0;
  }

  /**
   * Takes the next bytes. Returns how many of them lie before the head of a closing frame or before a head that is still
   * incomplete; bytes of a head begun in an earlier call are then in `heldBytes`. `isClosing`: a closing frame begins there.
   */
  push(chunk: Buffer): { readonly upTo: number; readonly isClosing: boolean } {
    let at = 0;
    while (at < chunk.length) {
      if (this.left > 0) {
        const end = Math.min(chunk.length, at + this.left);
        this.take(chunk.subarray(at, end));
        this.left -= end - at;
        at = end;
        if (this.left === 0) this.endFrame();
        continue;
      }
      const begin = at - this.headBytes;
      while (at < chunk.length && this.headBytes < this.headLength())
        this.head[this.headBytes++] = chunk[at++] as number;
      if (this.headBytes < this.headLength()) return { upTo: Math.max(0, begin), isClosing: false };
      if (((this.head[0] as number) & 0x0f) === CLOSE) return { upTo: Math.max(0, begin), isClosing: true };
      this.beginFrame();
    }
    return { upTo: chunk.length, isClosing: false };
  }

  /** Length of the head as far as its first two bytes tell. */
  private headLength(): number {
    if (this.headBytes < 2) return 2;
    const second = this.head[1] as number;
    const length = second & 0x7f;
    return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
  }

  private beginFrame(): void {
    const [first = 0, second = 0] = this.head;
    const short = second & 0x7f;
    const at = short === 126 ? 4 : short === 127 ? 10 : 2;
    this.left =
      short === 126 ? this.head.readUInt16BE(2) : short === 127 ? Number(this.head.readBigUInt64BE(2)) : short;
    this.mask = second & 0x80 ? Buffer.from(this.head.subarray(at, at + 4)) : null;
    this.maskAt = 0;
    this.headBytes = 0;
    this.isFinal = (first & 0x80) !== 0;
    const opcode = first & 0x0f;
    // Pings may come between the frames of a message and leave it as it is.
    this.isData = opcode < CLOSE;
    const isAnswered = opcode === PING && this.sink.onPing !== undefined && this.left <= MAX_CONTROL_BYTES;
    this.ping = isAnswered ? Buffer.alloc(0) : null;
    if (this.left === 0) this.endFrame();
  }

  private take(bytes: Buffer): void {
    if (!this.isData && this.ping === null) return;
    const plain = this.mask === null ? bytes : this.unmasked(bytes, this.mask);
    if (this.isData) this.sink.onData(plain);
    else if (this.ping !== null) this.ping = Buffer.concat([this.ping, plain]);
  }

  private unmasked(bytes: Buffer, mask: Buffer): Buffer {
    const plain = Buffer.from(bytes);
    for (let i = 0; i < plain.length; i++) plain[i] = (plain[i] as number) ^ (mask[(this.maskAt + i) & 3] as number);
    this.maskAt = (this.maskAt + plain.length) & 3;
    return plain;
  }

  private endFrame(): void {
    if (this.isData && this.isFinal) this.sink.onDataEnd();
    if (this.ping !== null) this.sink.onPing?.(this.ping);
    this.ping = null;
  }
}

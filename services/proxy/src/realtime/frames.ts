/** Opcodes of RFC 6455 section 5.2. */
const CONTINUATION = 0x0;
const TEXT = 0x1;
const CLOSE = 0x8;

const LONGEST_HEAD = 14;

/** Takes text messages piece by piece. */
export interface FrameSink {
  onText(piece: Buffer): void;
  onTextEnd(): void;
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
  private isText = false;

  constructor(private readonly sink: FrameSink) {}

  /** Bytes of a frame's head that are held back by whoever must not pass on a part of a closing frame. */
  get heldBytes(): Buffer {
    return this.head.subarray(0, this.headBytes);
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
    if (this.isData && opcode !== CONTINUATION) this.isText = opcode === TEXT;
    if (this.left === 0) this.endFrame();
  }

  private take(bytes: Buffer): void {
    if (!this.isData || !this.isText) return;
    this.sink.onText(this.mask === null ? bytes : this.unmasked(bytes, this.mask));
  }

  private unmasked(bytes: Buffer, mask: Buffer): Buffer {
    const plain = Buffer.from(bytes);
    for (let i = 0; i < plain.length; i++) plain[i] = (plain[i] as number) ^ (mask[(this.maskAt + i) & 3] as number);
    this.maskAt = (this.maskAt + plain.length) & 3;
    return plain;
  }

  private endFrame(): void {
    if (!this.isData || !this.isFinal || !this.isText) return;
    this.isText = false;
    this.sink.onTextEnd();
  }
}

import type { MemoryRoom } from '../memory-room.js';

const MAX_REQUEST_BYTES = 1024 * 1024;
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
const SLAB_BYTES = 4 * 1024;
const MAX_SLAB_BYTES = 64 * 1024;

/** An answer as it came, in one piece. */
export interface KeptAnswer {
  readonly contentEncoding: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * What a call said and was told, kept in memory while it runs for the case that the upstream does not say what it used.
 * Chunks are copied together: a copy costs less than what keeping each of them alive would.
 */
export class Evidence {
  private readonly pieces: Buffer[] = [];
  private slab: Buffer | null = null;
  private slabBytes = 0;
  private bytes = 0;
  private held = 0;
  private isOverfull = false;
  private request: Buffer | null;

  constructor(
    request: Buffer | null,
    private readonly contentEncoding: string,
    private readonly room: MemoryRoom,
  ) {
    const isKept = request !== null && request.length <= MAX_REQUEST_BYTES && this.hold(request.length);
    this.request = isKept ? request : null;
  }

  push(chunk: Buffer): void {
    if (this.isOverfull) return;
    this.bytes += chunk.length;
    if (this.bytes > MAX_ANSWER_BYTES) this.overflow();
    else if (this.bytes === chunk.length) this.keep(chunk);
    else if (this.slab === null || chunk.length > this.slab.length - this.slabBytes) this.grow(chunk);
    else this.slabBytes += chunk.copy(this.slab, this.slabBytes);
  }

  /** The request's body; null when it was not kept. */
  requestBytes(): Uint8Array<ArrayBuffer> | null {
    return this.request === null ? null : copyOf([this.request], this.request.length);
  }

  /** null where too much came to keep it. */
  answer(): KeptAnswer | null {
    if (this.isOverfull) return null;
    const { contentEncoding } = this;
    return { contentEncoding, bytes: copyOf(this.closed(), this.bytes) };
  }

  /** Lets go of everything. */
  release(): void {
    this.request = null;
    this.isOverfull = true;
    this.pieces.length = 0;
    this.slab = null;
    this.room.giveBack(this.held);
    this.held = 0;
  }

  /** Most whole answers are one chunk, which need not be copied. */
  private keep(chunk: Buffer): void {
    if (this.hold(chunk.length)) this.pieces.push(chunk);
    else this.overflow();
  }

  private grow(chunk: Buffer): void {
    const wanted = this.slab === null ? SLAB_BYTES : Math.min(this.slab.length * 2, MAX_SLAB_BYTES);
    const size = Math.max(wanted, chunk.length);
    if (!this.hold(size)) {
      this.overflow();
      return;
    }
    this.closed();
    // Not from the pool of small buffers, of which a slice would keep a whole page alive.
    this.slab = Buffer.allocUnsafeSlow(size);
    this.slabBytes = chunk.copy(this.slab);
  }

  private closed(): readonly Buffer[] {
    if (this.slab !== null && this.slabBytes > 0) this.pieces.push(this.slab.subarray(0, this.slabBytes));
    this.slab = null;
    this.slabBytes = 0;
    return this.pieces;
  }

  private hold(bytes: number): boolean {
    if (!this.room.take(bytes)) return false;
    this.held += bytes;
    return true;
  }

  private overflow(): void {
    this.isOverfull = true;
    this.pieces.length = 0;
    this.slab = null;
  }
}

function copyOf(pieces: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

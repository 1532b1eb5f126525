import type { MemoryRoom } from '../memory-room.js';
import type { FinishedBody } from './finished-call.js';

const SLAB_BYTES = 4 * 1024;
const MAX_SLAB_BYTES = 256 * 1024;

/**
 * Keeps the beginning of a body while it passes. Chunks are copied together: they are views of buffers that others use,
 * too, and a copy costs less than what keeping each of them alive would.
 */
export class Capture {
  contentType = '';
  contentEncoding = '';
  private readonly pieces: Uint8Array[] = [];
  private slab: Uint8Array | null = null;
  private slabBytes = 0;
  private keptBytes = 0;
  private passedBytes = 0;
  private heldBytes = 0;
  private isEnded = false;
  private isDropped = false;
  /** The one piece is the caller's own. */
  private isBorrowed = false;

  /** @param onNoRoom called once when memory is short; nothing of the body is kept then */
  constructor(
    private readonly maxBytes: number,
    private readonly room: MemoryRoom,
    private readonly onNoRoom: () => void,
  ) {}

  /** The whole body at once, which is in memory anyhow. */
  keep(bytes: Buffer): void {
    if (this.isDropped) return;
    this.passedBytes = bytes.length;
    this.isEnded = true;
    const kept = bytes.subarray(0, this.maxBytes);
    if (kept.length === 0 || !this.hold(kept.length)) return;
    this.isBorrowed = true;
    this.pieces.push(kept);
    this.keptBytes = kept.length;
  }

  push(chunk: Uint8Array): void {
    this.passedBytes += chunk.length;
    const space = this.maxBytes - this.keptBytes;
    if (this.isDropped || space <= 0) return;
    const kept = chunk.length > space ? chunk.subarray(0, space) : chunk;
    if (this.slab === null || kept.length > this.slab.length - this.slabBytes) this.grow(kept, space);
    else this.write(this.slab, kept);
  }

  /** So many bytes passed that are not kept. */
  skip(bytes: number): void {
    this.passedBytes += bytes;
  }

  /** The body has come to its own end. */
  end(): void {
    this.isEnded = true;
  }

  /** What there is, once; the memory it takes stays accounted for until it is given back. */
  take(): FinishedBody {
    if (this.passedBytes === 0) return 'none';
    this.closeSlab();
    const { contentType, contentEncoding, pieces, passedBytes, isEnded, isBorrowed } = this;
    const isAllKept = this.keptBytes === passedBytes;
    return { contentType, contentEncoding, pieces, isBorrowed, passedBytes, isAllKept, isEnded };
  }

  /** Lets go of everything. */
  drop(): void {
    this.isDropped = true;
    this.slab = null;
    this.pieces.length = 0;
    this.room.giveBack(this.heldBytes);
    this.heldBytes = 0;
  }

  get held(): number {
    return this.heldBytes;
  }

  private grow(kept: Uint8Array, space: number): void {
    // Most whole answers are one chunk.
    const wanted = this.slab === null ? 0 : Math.min(Math.max(this.slab.length * 2, SLAB_BYTES), MAX_SLAB_BYTES);
    const size = Math.max(Math.min(wanted, space), kept.length);
    if (!this.hold(size)) return;
    this.closeSlab();
    // Small ones are copied once more when they are handed over; large ones go as they are, and must be nobody else's.
    this.slab = size < SLAB_BYTES ? Buffer.allocUnsafe(size) : Buffer.allocUnsafeSlow(size);
    this.write(this.slab, kept);
  }

  private write(slab: Uint8Array, kept: Uint8Array): void {
    slab.set(kept, this.slabBytes);
    this.slabBytes += kept.length;
    this.keptBytes += kept.length;
  }

  private closeSlab(): void {
    if (this.slab !== null && this.slabBytes > 0) this.pieces.push(this.slab.subarray(0, this.slabBytes));
    this.slab = null;
    this.slabBytes = 0;
  }

  private hold(bytes: number): boolean {
    if (this.room.take(bytes)) {
      this.heldBytes += bytes;
      return true;
    }
    this.drop();
    this.onNoRoom();
    return false;
  }
}

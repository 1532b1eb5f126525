import type { MemoryRoom } from '../../memory-room.js';

/** A message of a session. */
export interface GatheredMessage {
  readonly bytes: Buffer;
  /** Bytes that came after these, and are not kept. */
  readonly leftOut: number;
}

/** Puts the pieces of one message after the other together, as far as there is room for them. */
export class Gatherer {
  private pieces: Buffer[] = [];
  private heldBytes = 0;
  private leftOut = 0;
  private isLost = false;

  /** @param maxBytes of one message */
  constructor(
    private readonly room: MemoryRoom,
    private readonly maxBytes: () => number,
  ) {}

  push(piece: Buffer): void {
    const space = this.maxBytes() - this.heldBytes;
    const kept = piece.length <= space ? piece : piece.subarray(0, Math.max(0, space));
    this.leftOut += piece.length - kept.length;
    if (kept.length === 0 || this.isLost) return;
    if (!this.room.take(kept.length)) {
      this.drop();
      this.isLost = true;
      return;
    }
    this.heldBytes += kept.length;
    this.pieces.push(kept);
  }

  /** The message is whole; null = there was no room for it. What it takes is the caller's from now on. */
  take(): GatheredMessage | null {
    const { pieces, leftOut, isLost } = this;
    const [first] = pieces;
    this.drop();
    this.leftOut = 0;
    this.isLost = false;
    if (isLost) return null;
    return { bytes: pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces), leftOut };
  }

  drop(): void {
    this.pieces = [];
    this.room.giveBack(this.heldBytes);
    this.heldBytes = 0;
  }
}

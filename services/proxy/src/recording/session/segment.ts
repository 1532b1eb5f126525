import type { MemoryRoom } from '../../memory-room.js';
import type { GatheredMessage } from './gatherer.js';

/** What a message takes beside its bytes. */
const OVERHEAD_BYTES = 128;

/** Messages an answer will be made from, until it begins. Together they are as long as one body that is kept. */
export class Segment {
  readonly messages: Buffer[] = [];
  /** Bytes that came after these, and are not kept. */
  leftOut = 0;
  /** There was no room for all of it. */
  isLost = false;
  private heldBytes = 0;

  constructor(
    private readonly room: MemoryRoom,
    private readonly maxBytes: number,
  ) {}

  add({ bytes, leftOut }: GatheredMessage): void {
    const kept = this.leftOut > 0 ? 0 : Math.min(bytes.length, Math.max(0, this.maxBytes - this.heldBytes));
    this.leftOut += leftOut + bytes.length - kept;
    if (kept === 0 || this.isLost) return;
    if (!this.room.take(kept + OVERHEAD_BYTES)) {
      this.lose();
      return;
    }
    this.heldBytes += kept + OVERHEAD_BYTES;
    // It is a view of what a socket read, and would keep all of that alive.
    this.messages.push(Buffer.from(bytes.subarray(0, kept)));
  }

  /** What it holds is followed by what another one does, which is not used any more. */
  append(later: Segment): void {
    if (later.isLost) this.lose();
    for (const bytes of later.messages) this.add({ bytes, leftOut: 0 });
    this.leftOut += later.leftOut;
    later.drop();
  }

  lose(): void {
    this.isLost = true;
    this.drop();
  }

  drop(): void {
    this.messages.length = 0;
    this.room.giveBack(this.heldBytes);
    this.heldBytes = 0;
  }
}

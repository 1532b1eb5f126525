const BLOCK_BYTES = 4 * 1024 * 1024;
const BLOCKS_MAX = 4;

interface Lent {
  readonly block: SharedArrayBuffer | null;
  waiting: number;
}

/**
 * Memory that two threads see: what is written here is read there, and nothing is allocated, moved or collected for it,
 * which for bodies costs more than copying them. A block is free again once every call in it is settled.
 */
export class SharedBlocks {
  private readonly free: SharedArrayBuffer[] = [];
  private made = 0;
  /** In the order in which they went out; the other thread settles calls in that order, too. */
  private readonly lent: Lent[] = [];

  /** Room for the bytes of so many calls: of a block, else memory of its own. */
  place(bytes: number, calls: number): Uint8Array {
    const block = bytes <= BLOCK_BYTES ? this.take() : null;
    this.lent.push({ block, waiting: calls });
    return block === null ? new Uint8Array(bytes) : new Uint8Array(block, 0, bytes);
  }

  /** So many more calls were settled. */
  settle(calls: number): void {
    let left = calls;
    for (let [first] = this.lent; first !== undefined && left > 0; [first] = this.lent) {
      const settled = Math.min(first.waiting, left);
      first.waiting -= settled;
      left -= settled;
      if (first.waiting > 0) return;
      this.lent.shift();
      if (first.block !== null) this.free.push(first.block);
    }
  }

  private take(): SharedArrayBuffer | null {
    const block = this.free.pop();
    if (block !== undefined) return block;
    if (this.made === BLOCKS_MAX) return null;
    this.made++;
    return new SharedArrayBuffer(BLOCK_BYTES);
  }
}

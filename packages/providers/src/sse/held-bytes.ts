/** Bytes of an event that is cut by the end of a chunk: copied, since the chunk's memory is not ours to keep. */
export class HeldBytes {
  private buffer = Buffer.alloc(0);
  length = 0;

  view(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  add(chunk: Buffer, from: number, to: number): void {
    const needed = this.length + to - from;
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2, 256));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    chunk.copy(this.buffer, this.length, from, to);
    this.length = needed;
  }

  clear(): void {
    this.length = 0;
  }
}

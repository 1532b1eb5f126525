/** What all calls of a process hold together, so that many long bodies cannot fill its memory. */
export class MemoryRoom {
  private heldBytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** False, and nothing taken, where there is no room for so many. */
  take(bytes: number): boolean {
    if (this.heldBytes + bytes > this.maxBytes) return false;
    this.heldBytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.heldBytes -= bytes;
  }
}

/** Memory for what is done with before it is cleared: allocated once, and never collected. */
export class Scratch {
  private readonly memory: Buffer;
  private used = 0;

  constructor(bytes: number) {
    this.memory = Buffer.allocUnsafeSlow(bytes);
  }

  /** So much of it, until it is cleared; memory of its own where it has no such room left. */
  readonly place = (bytes: number): Buffer => {
    const end = this.used + bytes;
    if (end > this.memory.length) return Buffer.allocUnsafeSlow(bytes);
    const placed = this.memory.subarray(this.used, end);
    this.used = end;
    return placed;
  };

  clear(): void {
    this.used = 0;
  }
}

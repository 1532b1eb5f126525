/** More than any answer that states usage; what is longer is a download. */
const MAX_DRAIN_BYTES = 64 * 1024 * 1024;

/** How far an answer is read on once nobody takes it any more. Nothing of it is kept. */
export class Drain {
  private bytes = 0;

  /** @param sinceMs when the client left, on the monotonic clock */
  constructor(
    private readonly sinceMs: number,
    private readonly maxMs: number,
    private readonly maxBytes = MAX_DRAIN_BYTES,
  ) {}

  /** False when that was more than is read on for. */
  take(bytes: number): boolean {
    this.bytes += bytes;
    return this.bytes <= this.maxBytes;
  }

  isDue(nowMs: number): boolean {
    return nowMs - this.sinceMs >= this.maxMs;
  }
}

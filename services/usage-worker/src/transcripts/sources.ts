/** A process that sends batches. */
interface Source {
  /** What ended until then has come from it, UTC epoch ms. */
  cameUntilMs: number;
  /** What it sends has waited so long that others are waited for no longer. */
  isBehind: boolean;
  inHand: number;
  /** Since when none of its batches is here, UTC epoch ms. */
  idleSinceMs: number;
}

/** So long after its last batch one that is behind may have nothing more: it sends the next once one is stored. */
const NEXT_WITHIN_MS = 2_000;

/**
 * How far those have come that send batches, each its own in order. While one is behind, what ended after what it has sent
 * may go on from what it has yet to send.
 */
export class Sources {
  private readonly sources = new Map<string, Source>();

  /** @param settleMs within it everything should have come */
  constructor(private readonly settleMs: number) {}

  /**
   * A batch came.
   * @param ends when what is in it ended, UTC epoch ms
   * @returns to be called once the batch is stored
   */
  arrive(id: string, ends: readonly number[], nowMs: number): () => void {
    const first = ends.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const last = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const source = this.sources.get(id) ?? { cameUntilMs: last, isBehind: false, inHand: 0, idleSinceMs: nowMs };
    this.sources.set(id, source);
    source.cameUntilMs = Math.max(source.cameUntilMs, last);
    // Half of it: the next batch may take longer than this one.
    source.isBehind = nowMs - first > this.settleMs / 2;
    source.inHand++;
    return () => {
      source.inHand--;
      source.idleSinceMs = Date.now();
    };
  }

  /** Everything that ended until then has come, as far as can be told; infinity where none is behind. */
  allCameUntil(nowMs: number): number {
    let untilMs = Number.POSITIVE_INFINITY;
    for (const [id, { cameUntilMs, isBehind, inHand, idleSinceMs }] of this.sources) {
      if (inHand === 0 && nowMs - idleSinceMs > NEXT_WITHIN_MS) this.sources.delete(id);
      else if (isBehind) untilMs = Math.min(untilMs, cameUntilMs);
    }
    return untilMs;
  }
}

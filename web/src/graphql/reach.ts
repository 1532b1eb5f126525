/** So long an answer may take before it is asked whether the control plane answers at all, ms. */
export const DOUBT_AFTER_MS = 3_000;

type Told = (hasAnswered: boolean, nowMs: number) => void;

/**
 * Whether the control plane answers, by what becomes of every question to it. One that takes long may only be hard, and
 * one that fails may be one of a kind: that nobody answers is said where a question that is easy had no answer either.
 * Times are UTC epoch ms.
 */
export class Reach {
  private readonly open = new Map<object, number>();
  private readonly listeners = new Set<() => void>();
  private hasFailed = false;
  private silentSinceMs: number | null = null;

  /** @param answeredAtMs when the page came, which an answer of the control plane is in */
  constructor(private answeredAtMs: number) {}

  /** When the last answer came, while there are none; null = it answers, as far as is known. */
  readonly silentSince = (): number | null => this.silentSinceMs;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A question was sent. @returns to be told what became of it; not told where nobody waits for it any more */
  asked(nowMs: number): { readonly told: Told; readonly left: () => void } {
    const question = {};
    this.open.set(question, nowMs);
    const left = () => void this.open.delete(question);
    return {
      left,
      told: (hasAnswered, atMs) => {
        left();
        if (hasAnswered) this.answered(atMs);
        else this.hasFailed = true;
      },
    };
  }

  /** Whether it has to be asked something easy. */
  isInDoubt(nowMs: number): boolean {
    if (this.silentSinceMs !== null || this.hasFailed) return true;
    const oldestMs = Math.min(...this.open.values());
    return nowMs - Math.max(oldestMs, this.answeredAtMs) > DOUBT_AFTER_MS && oldestMs !== Number.POSITIVE_INFINITY;
  }

  /** Something easy was asked. */
  tried(hasAnswered: boolean, nowMs: number): void {
    if (hasAnswered) this.answered(nowMs);
    else if (this.silentSinceMs === null) {
      this.silentSinceMs = this.answeredAtMs;
      this.notify();
    }
  }

  private answered(atMs: number): void {
    this.answeredAtMs = atMs;
    this.hasFailed = false;
    if (this.silentSinceMs === null) return;
    this.silentSinceMs = null;
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

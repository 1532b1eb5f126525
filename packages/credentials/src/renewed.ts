import type { CredentialParts } from './credential.js';

/** Something minted elsewhere, and how long it is good for. */
export interface Minted<T> {
  readonly value: T;
  /** UTC epoch milliseconds; null when it does not say. */
  readonly expiresAtMs: number | null;
}

/** Renewed this long before it expires, or after half its life where that is shorter. */
export const RENEW_AHEAD_MS = 5 * 60_000;
/** No longer presented this long before it expires: a call takes time to arrive, and clocks differ. */
export const LAST_MOMENT_MS = 10_000;
/** What states no expiry is looked for again after this long. */
export const UNDATED_MS = 15 * 60_000;
export const FIRST_RETRY_MS = 1_000;
export const LAST_RETRY_MS = 60_000;

interface Held<T> {
  readonly value: T;
  readonly renewAtMs: number;
  readonly goodUntilMs: number;
}

/**
 * Keeps one minted value fresh. Calls ask for it and cause its renewal, so nothing runs while nobody calls. One renewal
 * at a time, shared by everybody who waits; while the former value is good nobody does. After a failed one the next
 * comes after 1 s, doubling to 60 s, and the former value serves as long as it is good.
 */
export class Renewed<T> {
  private held: Held<T> | null = null;
  private renewal: Promise<T> | null = null;
  private failures = 0;
  private retryAtMs = 0;
  private failure: unknown = null;

  constructor(
    private readonly mint: () => Promise<Minted<T>>,
    private readonly parts: Pick<CredentialParts, 'nowMs' | 'onFailure'>,
    private readonly onMinted: (value: T) => void = () => undefined,
  ) {}

  /** Rejects, at once between two tries, with why the last one failed. */
  get(): T | Promise<T> {
    const nowMs = this.parts.nowMs();
    const { held } = this;
    if (held !== null && nowMs < held.goodUntilMs) {
      // Whoever is served by the former value need not hear that its renewal failed.
      if (nowMs >= held.renewAtMs && nowMs >= this.retryAtMs) this.renew().catch(() => undefined);
      return held.value;
    }
    if (this.renewal === null && nowMs < this.retryAtMs) return Promise.reject(this.failure);
    return this.renew();
  }

  private renew(): Promise<T> {
    this.renewal ??= this.attempt().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async attempt(): Promise<T> {
    const askedMs = this.parts.nowMs();
    try {
      const { value, expiresAtMs } = await this.mint();
      this.held = { value, ...span(askedMs, expiresAtMs) };
      this.failures = 0;
      this.retryAtMs = 0;
      this.onMinted(value);
      return value;
    } catch (error) {
      this.failure = error;
      this.parts.onFailure(error);
      this.retryAtMs = this.parts.nowMs() + Math.min(FIRST_RETRY_MS * 2 ** this.failures++, LAST_RETRY_MS);
      throw error;
    }
  }
}

function span(nowMs: number, expiresAtMs: number | null): { renewAtMs: number; goodUntilMs: number } {
  if (expiresAtMs === null) return { renewAtMs: nowMs + UNDATED_MS, goodUntilMs: Number.POSITIVE_INFINITY };
  const lifeMs = expiresAtMs - nowMs;
  return {
    renewAtMs: expiresAtMs - Math.min(RENEW_AHEAD_MS, lifeMs / 2),
    goodUntilMs: expiresAtMs - Math.min(LAST_MOMENT_MS, lifeMs / 10),
  };
}

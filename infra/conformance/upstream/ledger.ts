import type { Billed } from '../case/answer.js';

/** One request as the upstream knows it, independent of anything a gateway believes. */
export interface LedgerEntry {
  readonly case: string;
  readonly provider: string;
  /** Of this provider of this case, from 0; `OF_NO_CALL` where no call of it uses the method. */
  readonly index: number;
  /** Of the client's request, where it has room for one. */
  readonly nonce: string | null;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly status: number | null;
  readonly sentEvents: number;
  readonly sentBytes: number;
  readonly ended: 'completed' | 'client_closed' | 'cut' | 'reset' | 'hung';
  /** What goes on the invoice; null = nothing. */
  readonly billed: Tokens | null;
}

export interface Tokens {
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
}

/** @param sentEvents how far the answer got; null = it got to its end */
export function billOf(bills: Billed | undefined, sentEvents: number | null): Tokens | null {
  if (bills === undefined) return null;
  const { mode, outputPerEvent, output, ...rest } = bills;
  const isWhole = mode === 'whole' || sentEvents === null;
  return { ...rest, output: isWhole ? output : Math.min(output, (sentEvents ?? 0) * outputPerEvent) };
}

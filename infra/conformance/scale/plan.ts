import { Random } from '../../demo/random.js';
import type { Tokens } from '../upstream/ledger.js';

export const DIALECTS = ['chat', 'responses', 'messages', 'gemini', 'converse', 'compatible'] as const;
export type DialectName = (typeof DIALECTS)[number];

export type Fate =
  | { readonly kind: 'whole' }
  /** The client hangs up after so many events. */
  | { readonly kind: 'abort'; readonly afterEvents: number }
  | { readonly kind: 'status' }
  /** The upstream resets the connection, or sends an error event, after so many events. */
  | { readonly kind: 'reset' | 'in_band'; readonly afterEvents: number };

/** One stream of the run: who it goes to, what it will cost, how it ends. */
export interface PlannedStream {
  readonly index: number;
  readonly dialect: DialectName;
  readonly fate: Fate;
  /** Events that carry text. */
  readonly deltas: number;
  /** What the upstream bills for the whole. */
  readonly tokens: Tokens;
}

export interface PlanOptions {
  readonly streams: number;
  /** Per cent. */
  readonly aborts: number;
  readonly failures: number;
  readonly seed: number;
}

/** The same options give the same streams. */
export function planStreams({ streams, aborts, failures, seed }: PlanOptions): PlannedStream[] {
  const random = new Random(seed);
  return Array.from({ length: streams }, (_, index) => {
    const deltas = random.whole(4, 16);
    const dialect = DIALECTS[index % DIALECTS.length] as DialectName;
    const isCached = random.isTrue(0.5);
    // Only what every dialect states by itself is written to a cache.
    const writes = dialect === 'messages' && random.isTrue(0.3);
    const tokens = {
      input: random.whole(1, 20_000),
      cachedInput: isCached ? random.whole(1, 200_000) : 0,
      cacheWrite5m: writes ? random.whole(1, 30_000) : 0,
      cacheWrite1h: writes ? random.whole(1, 30_000) : 0,
      output: random.whole(1, 4_000),
    };
    return { index, dialect, deltas, tokens, fate: fateOf(random, deltas, aborts, failures) };
  });
}

function fateOf(random: Random, deltas: number, aborts: number, failures: number): Fate {
  const drawn = random.unit() * 100;
  const afterEvents = random.whole(1, deltas);
  if (drawn < aborts) return { kind: 'abort', afterEvents };
  if (drawn >= aborts + failures) return { kind: 'whole' };
  const kind = random.pick([['status', 1] as const, ['reset', 1] as const, ['in_band', 1] as const]);
  return kind === 'status' ? { kind } : { kind, afterEvents };
}

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runScale } from '../conformance/scale/run.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const STREAMS = 1_000;

describe.each(['drain', 'cancel'] as const)('streams of every dialect under %s', (policy) => {
  it('leave books that differ by nothing but what the records say is unknown', { retry: 0 }, async () => {
    const options = { streams: STREAMS, policy, aborts: 5, failures: 1, seed: 20_251_121, atOnce: 48 };
    const result = await runScale(options, root, () => undefined);
    expect(result.faults).toEqual([]);
    expect(result.faultsOfTotals).toEqual([]);
    for (const row of result.rows) {
      expect(row.streams).toBeGreaterThan(STREAMS / 10);
      expect(row.differenceTokens).toBe(0);
      expect(row.differencePicoUsd).toBe(0n);
      if (policy === 'drain') expect(row.unknown.streams).toBe(0);
    }
    expect(result.actions[policy === 'drain' ? 'drained' : 'cancelled']).toBeGreaterThan(STREAMS / 50);
  });
});

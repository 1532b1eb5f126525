import { formatUsd } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { compareBooks, type ScaleRecord } from './compare.js';
import type { ClientEnd } from './drive.js';
import { planStreams } from './plan.js';
import { picoUsdOf } from './rates.js';
import type { ScaleEntry } from './upstream.js';

const plan = planStreams({ streams: 600, aborts: 5, failures: 1, seed: 7 });
const isFailure = (kind: string): boolean => kind !== 'whole' && kind !== 'abort';
const left = plan.findIndex(({ fate }) => fate.kind === 'abort');

function books(policy: 'drain' | 'cancel') {
  const ledger = plan.map(
    ({ fate, tokens, index }): ScaleEntry => ({
      requests: 1,
      ended: 'completed',
      billed: isFailure(fate.kind) ? null : tokens,
      sentSha256: `sha-${index}`,
    }),
  );
  const ends = plan.map(
    ({ index }): ClientEnd => ({ index, ended: 'whole', status: 200, receivedSha256: `sha-${index}` }),
  );
  const records = plan.map(({ index, fate, tokens }): ScaleRecord => {
    const isUnknown = isFailure(fate.kind) || (policy === 'cancel' && fate.kind === 'abort');
    const known = { usageSource: 'reported', tokens, total: formatUsd(picoUsdOf(tokens)), status: 'computed' };
    const unknown = { usageSource: 'none', tokens, total: null, status: 'unpriced' };
    return { index, outcome: 'completed', abortAction: null, ...(isUnknown ? unknown : known) };
  });
  return { ledger, ends, records };
}

const compared = (policy: 'drain' | 'cancel', change: (given: ReturnType<typeof books>) => void = () => undefined) => {
  const given = books(policy);
  change(given);
  const { rows, faults } = compareBooks(plan, given.ledger, given.ends, given.records, policy);
  return { faults, tokens: rows.reduce((sum, row) => sum + row.differenceTokens, 0), rows };
};

describe('books of a scale run', () => {
  it.each(['drain', 'cancel'] as const)('that are right under %s have no fault and no difference', (policy) => {
    const { faults, rows } = compared(policy);
    expect(faults).toEqual([]);
    expect(rows.map(({ differenceTokens, differencePicoUsd }) => [differenceTokens, differencePicoUsd])).toEqual(
      rows.map(() => [0, 0n]),
    );
    const unknown = rows.reduce((sum, row) => sum + row.unknown.streams, 0);
    expect(unknown).toBe(policy === 'drain' ? 0 : plan.filter(({ fate }) => fate.kind === 'abort').length);
  });

  it('in which one event was dropped differ by what it was billed', () => {
    const dropped = plan.find(({ fate }) => fate.kind === 'whole');
    const { faults, tokens } = compared('drain', ({ records }) => records.splice(dropped?.index ?? 0, 1));
    expect(faults).toEqual([`stream ${dropped?.index} (${dropped?.dialect}, whole): 0 records`]);
    expect(tokens).toBe(Object.values(dropped?.tokens ?? {}).reduce((sum, count) => sum + count, 0));
  });

  it('in which one event stands twice are wrong', () => {
    const { faults } = compared('drain', ({ records }) => records.push(records[3] as ScaleRecord));
    expect(faults).toEqual([`stream 3 (${plan[3]?.dialect}, ${plan[3]?.fate.kind}): 2 records`]);
  });

  it('in which one meter is off by one are wrong', () => {
    const { faults, tokens } = compared('drain', ({ records }) => {
      const record = records[0] as ScaleRecord;
      records[0] = { ...record, tokens: { ...record.tokens, output: record.tokens.output + 1 } };
    });
    expect(faults).toHaveLength(1);
    expect(tokens).toBe(-1);
  });

  it('in which one amount is 10^-12 USD off are wrong', () => {
    const { faults, rows } = compared('drain', ({ records }) => {
      const record = records[0] as ScaleRecord;
      records[0] = { ...record, total: formatUsd(picoUsdOf(record.tokens) + 1n) };
    });
    expect(faults).toHaveLength(1);
    expect(rows[0]?.differencePicoUsd).toBe(-1n);
  });

  it('in which a drained stream is unknown are wrong, and under cancel right', () => {
    const forget = ({ records }: ReturnType<typeof books>): void => {
      records[left] = { ...(records[left] as ScaleRecord), usageSource: 'none', total: null, status: 'unpriced' };
    };
    expect(compared('drain', forget).faults).toHaveLength(1);
    expect(compared('cancel', forget).faults).toEqual([]);
  });

  it('in which an unknown stream has a cost told as a fact are wrong', () => {
    const { faults } = compared('cancel', ({ records }) => {
      records[left] = { ...(records[left] as ScaleRecord), status: 'computed', total: '0' };
    });
    expect(faults).toEqual([expect.stringContaining('a cost that is no fact is shown as one')]);
  });

  it('in which a client got other bytes are wrong', () => {
    const { faults } = compared('drain', ({ ends }) => {
      ends[0] = { ...(ends[0] as ClientEnd), receivedSha256: 'other' };
    });
    expect(faults).toHaveLength(plan[0]?.fate.kind === 'whole' ? 1 : 0);
  });
});

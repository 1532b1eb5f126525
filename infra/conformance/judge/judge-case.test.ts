import { describe, expect, it } from 'vitest';
import type { Case } from '../case/index.js';
import { caseFile } from '../case/index.js';
import type { GatewayRecord } from '../gateways/gateway.js';
import { faults } from '../run/report.js';
import { OF_NO_CALL } from '../upstream/index.js';
import type { LedgerEntry } from '../upstream/ledger.js';
import { type Evidence, judgeCase } from './judge-case.js';

const RECORD: GatewayRecord = {
  nonce: 'nonce-1-1',
  outcome: 'completed',
  usageSource: 'reported',
  meters: { input: 1_000, cachedInput: 200, output: 300 },
  otherMeters: {},
  cost: { status: 'computed', usd: '0.005', lines: ['0.002', '0.003'], rules: [] },
  text: 'nothing secret',
};
const SENT = Buffer.from('{"ok":true}');
const one: Case = {
  ...caseFile.parse({
    title: 'One call of known cost',
    failures: [1],
    citations: ['https://example.org/thread'],
    providers: [{ type: 'openai' }],
    calls: [
      {
        request: { path: 'v1/chat/completions', body: { json: { model: 'm' } } },
        answer: { body: { json: { ok: true } } },
        expect: {
          client: { body: 'identical' },
          record: {
            outcome: 'completed',
            usageSource: 'reported',
            meters: { input: 1_000, cachedInput: 200, output: 300 },
            otherMeters: {},
          },
          cost: { status: 'computed', usd: '0.005' },
        },
      },
    ],
    expect: { totalUsd: '0.005', absent: ['sk-secret-of-the-upstream'] },
  }),
  id: 'test/one',
};

function evidence(records: readonly GatewayRecord[], received = SENT, requests = 1): Evidence {
  const entry = {
    ...{ case: 'test/one', provider: 'main', nonce: 'nonce-1-1', method: 'POST', target: '/v1/chat/completions' },
    ...{ rawHeaders: [], body: Buffer.alloc(0), status: 200, sentEvents: 1, sentBytes: SENT.length },
    ...{ ended: 'completed' as const, billed: null },
  } as const;
  const result = {
    nonce: 'nonce-1-1',
    status: 200,
    headers: {},
    sent: Buffer.alloc(0),
    received,
    ended: 'whole',
  } as const;
  return {
    records,
    results: [[result]],
    ledger: Array.from({ length: requests }, (_, index) => ({ ...entry, index })),
  };
}

const judged = (given: Evidence, meters: ReadonlySet<'input' | 'output'> | null = null) =>
  judgeCase(one, given, { meters, isRelay: true });
const found = (given: Evidence): string[] => faults(judged(given));
const changed = (more: Partial<GatewayRecord>): Evidence => evidence([{ ...RECORD, ...more }]);
const cost = { status: 'computed', usd: '0.005', lines: ['0.002', '0.003'] };

describe('a judgement', () => {
  it('passes a call of which everything is right', () => {
    expect(found(evidence([RECORD]))).toEqual([]);
    expect(judged(evidence([RECORD])).verdict).toBe('pass');
  });

  it.each([
    [
      'a meter is one token off',
      changed({ meters: { ...RECORD.meters, output: 301 } }),
      '- output: expected 300, got 301',
    ],
    [
      'a meter is missing',
      changed({ meters: { input: 1_000, output: 300 } }),
      '- cachedInput: expected 200, got not known',
    ],
    [
      'a meter is made up',
      changed({ meters: { ...RECORD.meters, reasoning: 7 } }),
      '- reasoning: expected not known, got 7',
    ],
    [
      'a made up meter is 0',
      changed({ meters: { ...RECORD.meters, reasoning: 0 } }),
      '- reasoning: expected not known, got 0',
    ],
    [
      'the cost is 10^-12 USD off',
      changed({ cost: { ...cost, usd: '0.005000000001', lines: [] } }),
      '- cost: expected 0.005, got 0.005000000001',
    ],
    ['the cost is unknown', changed({ cost: { ...cost, usd: null } }), '- cost: expected 0.005, got unknown'],
    [
      'lines are not the total',
      changed({ cost: { ...cost, lines: ['0.002'] } }),
      '- lines add up: expected 0.005, got 0.002',
    ],
    [
      'an estimate is told as a fact',
      changed({ usageSource: 'estimated' }),
      '- usageSource: expected reported, got estimated',
    ],
    [
      'a secret is on record',
      changed({ text: 'key sk-secret-of-the-upstream' }),
      '- a secret in the records: expected none, got found',
    ],
    [
      'books contradict each other',
      changed({ contradictions: ['x is 1 here and 2 there'] }),
      '- books agree: expected no contradiction, got x is 1 here and 2 there',
    ],
    ['the record is missing', evidence([]), '- records: expected 1, got 0'],
    ['the record is there twice', evidence([RECORD, RECORD]), '- records: expected 1, got 2'],
    [
      'a record is of no call',
      evidence([RECORD, { ...RECORD, nonce: 'nonce-9-9' }]),
      '- records of no call: expected 0, got 1',
    ],
    ['the upstream was asked twice', evidence([RECORD], SENT, 2), '- requests upstream: expected 1, got 2'],
  ])('fails one where %s', (_, given, fault) => {
    expect(found(given)).toContain(fault);
    expect(judged(given).verdict).toBe('fail');
  });

  it('fails one whose client got a byte less', () => {
    expect(found(evidence([RECORD], SENT.subarray(1)))[0]).toMatch(
      /^- bytes at the client: expected identical, got 10 of 11/,
    );
  });

  it('asks a gateway for no meter that it has no figure for, and takes its 0 for silence', () => {
    const given = changed({ meters: { input: 1_000, output: 300, imageInput: 0 } });
    expect(judged(given, new Set(['input', 'output'])).verdict).toBe('pass');
  });

  it('holds nothing against a gateway for what it does not claim', () => {
    expect(judged(evidence([{ nonce: 'nonce-1-1' }])).verdict).toBe('pass');
  });
});

it('a relay asks an upstream for nothing of its own, a gateway that translates may', () => {
  const given = evidence([RECORD]);
  const [entry] = given.ledger as [LedgerEntry];
  const own = { ...entry, index: OF_NO_CALL, nonce: null, method: 'GET', target: '/v1/models' };
  const asked = { ...given, ledger: [entry, own] };
  expect(found(asked)).toEqual(['- requests of no call upstream: expected none, got GET /v1/models']);
  expect(judgeCase(one, asked, { meters: null, isRelay: false }).verdict).toBe('pass');
});

it('an error that comes first may be a status of its own at a gateway that translates, and at no relay', () => {
  const [call] = one.calls;
  const failed = { ...call, expect: { ...call?.expect, record: { outcome: 'upstream_error' }, cost: undefined } };
  const error = { ...one, expect: { absent: [] }, calls: [failed] } as unknown as Case;
  const given = evidence([{ nonce: 'nonce-1-1' }]);
  const results = [given.results[0]?.map((result) => ({ ...result, status: 500 })) ?? []];
  const judgedAs = (isRelay: boolean) => judgeCase(error, { ...given, results }, { meters: null, isRelay }).verdict;
  expect([judgedAs(true), judgedAs(false)]).toEqual(['fail', 'pass']);
});

it('an unknown cost that is shown as 0 fails', () => {
  const [call] = one.calls;
  const unpriced = {
    ...one,
    expect: { absent: [] },
    calls: [{ ...call, expect: { ...call?.expect, cost: { status: 'unpriced' } } }],
  } as Case;
  const shown = changed({ cost: { status: 'unpriced', usd: '0' } });
  expect(faults(judgeCase(unpriced, shown, { meters: null, isRelay: true }))).toEqual([
    '- cost: expected unknown, got 0',
  ]);
});

import { formatUsd, parseUsd } from '@weir/contracts';
import type { Case } from '../case/index.js';
import type { ClientResult } from '../client/send.js';
import type { Gateway, GatewayRecord } from '../gateways/gateway.js';
import { OF_NO_CALL } from '../upstream/index.js';
import type { LedgerEntry } from '../upstream/ledger.js';
import { type Check, judgeCount, judgeRecord } from './judge.js';
import { judgeClient, judgeUpstream } from './judge-wire.js';

/** What a run of one case left behind. */
export interface Evidence {
  /** By call of the case, in the order they are written in. */
  readonly results: readonly (readonly ClientResult[])[];
  readonly ledger: readonly LedgerEntry[];
  readonly records: readonly GatewayRecord[];
}

export interface Verdict {
  readonly case: Case;
  readonly verdict: 'pass' | 'fail' | 'n/a';
  /** Why it does not apply; null where it does. */
  readonly why: string | null;
  readonly checks: readonly Check[];
}

/** Everything that must be true of a case, against everything that is known of it. */
export function judgeCase(one: Case, evidence: Evidence, gateway: Pick<Gateway, 'meters' | 'isRelay'>): Verdict {
  const { results, records } = evidence;
  const checks: Check[] = [];
  const perCall = one.calls.map((call, index) => {
    const nonces = new Set(results[index]?.map(({ nonce }) => nonce));
    const isOnly = one.calls.length === 1;
    const own = records.filter(({ nonce }) => (nonce === null ? isOnly : nonces.has(nonce)));
    const entries = entriesOf(one, index, evidence.ledger, nonces);
    const label = one.calls.length > 1 ? `call ${index + 1}: ` : '';
    const found = [
      ...(results[index] ?? []).flatMap((result) => judgeClient(call, result, gateway.isRelay)),
      ...judgeUpstream(call, entries, results[index] ?? [], gateway.isRelay),
      judgeCount(call, own),
      ...own.flatMap((record) => judgeRecord(call.expect, record, gateway.meters)),
    ];
    checks.push(...found.map((check) => ({ ...check, what: label + check.what })));
    return own;
  });
  checks.push(...judgeWhole(one, perCall.flat(), records));
  if (gateway.isRelay) checks.push(judgeStrangers(evidence.ledger));
  return { case: one, verdict: verdictOf(checks), why: null, checks: distinct(checks) };
}

/** A request is of a call by the nonce in it; without one, by its place among those of the same provider. */
function entriesOf({ calls }: Case, index: number, ledger: readonly LedgerEntry[], nonces: ReadonlySet<string>) {
  const provider = calls[index]?.provider;
  const ofProvider = ledger.filter((entry) => entry.provider === provider);
  const before = calls.slice(0, index).filter((call) => call.provider === provider && call.answer);
  const from = before.reduce((sum, { times }) => sum + times, 0);
  const isLast = !calls.slice(index + 1).some((call) => call.provider === provider && call.answer);
  const to = isLast ? Number.POSITIVE_INFINITY : from + (calls[index]?.answer ? (calls[index]?.times ?? 0) : 0);
  return ofProvider.filter((entry) =>
    entry.nonce === null ? entry.index >= from && entry.index < to : nonces.has(entry.nonce),
  );
}

/** A gateway that translates may ask an upstream for its models; one that relays has nothing to ask. */
function judgeStrangers(ledger: readonly LedgerEntry[]): Check {
  const strangers = ledger
    .filter(({ index }) => index === OF_NO_CALL)
    .map(({ method, target }) => `${method} ${target}`);
  const got = strangers.join(', ') || 'none';
  return { what: 'requests of no call upstream', expected: 'none', got, isRight: strangers.length === 0 };
}

function judgeWhole(one: Case, matched: readonly GatewayRecord[], records: readonly GatewayRecord[]): Check[] {
  const { totalUsd, logicalCalls, absent } = one.expect;
  const checks: Check[] = [];
  const strangers = records.length - matched.length;
  checks.push({ what: 'records of no call', expected: '0', got: String(strangers), isRight: strangers === 0 });
  if (totalUsd !== undefined) {
    const total = records.reduce((sum, { cost }) => sum + parseUsd(cost?.usd ?? '0'), 0n);
    const isTold = records.every(({ cost }) => cost !== undefined);
    const isRight = !isTold || total === parseUsd(totalUsd);
    checks.push({ what: 'total', expected: totalUsd, got: isTold ? formatUsd(total) : null, isRight });
  }
  if (logicalCalls !== undefined) {
    const ids = records.flatMap(({ callId }) => callId ?? []);
    const got = ids.length === records.length ? new Set(ids).size : null;
    const isRight = got === null || got === logicalCalls;
    checks.push({
      what: 'logical calls',
      expected: String(logicalCalls),
      got: got === null ? null : String(got),
      isRight,
    });
  }
  for (const value of absent) {
    const isThere = records.some(({ text }) => text?.includes(value));
    checks.push({
      what: 'a secret in the records',
      expected: 'none',
      got: isThere ? 'found' : 'none',
      isRight: !isThere,
    });
  }
  return checks;
}

/** A case of which nothing at all could be checked is no pass. */
function verdictOf(checks: readonly Check[]): Verdict['verdict'] {
  if (checks.some(({ isRight }) => !isRight)) return 'fail';
  return checks.some(({ got }) => got !== null) ? 'pass' : 'n/a';
}

/** A thousand repetitions that say the same say it once. */
function distinct(checks: readonly Check[]): Check[] {
  const seen = new Map(checks.map((check) => [JSON.stringify(check), check]));
  return [...seen.values()];
}

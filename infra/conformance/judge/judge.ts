import { parseUsd } from '@weir/contracts';
import type { Expectation, ExpectedQuantity, MeterName } from '../case/expectation.js';
import type { CaseCall } from '../case/index.js';
import type { GatewayRecord, RecordedCost } from '../gateways/gateway.js';

export interface Check {
  readonly what: string;
  readonly expected: string;
  /** null = the gateway does not say, so that nothing was checked. */
  readonly got: string | null;
  readonly isRight: boolean;
}

const FIELDS = [
  'outcome',
  'endpoint',
  'streamed',
  'requestedModel',
  'servedModel',
  'serviceTier',
  'attempt',
  'errorCode',
  'abortAction',
  'user',
  'usageSource',
  'estimator',
  'statedCostUsd',
] as const;

/** Holds what a gateway recorded of one call against what must be true of it. */
export function judgeRecord(
  expected: Pick<Expectation, 'record' | 'cost'>,
  record: GatewayRecord,
  meters: ReadonlySet<MeterName> | null,
): Check[] {
  const checks: Check[] = [];
  for (const field of FIELDS) {
    const wanted = expected.record[field];
    if (typeof wanted === 'object' && wanted !== null) checks.push(checkAny(field, wanted.oneOf, record[field]));
    else if (wanted !== undefined) checks.push(check(field, wanted, record[field]));
  }
  const { estimatedMeters: wantedEstimates, meters: wantedMeters, otherMeters } = expected.record;
  if (wantedEstimates) {
    checks.push(
      check('estimatedMeters', sorted(wantedEstimates), record.estimatedMeters && sorted(record.estimatedMeters)),
    );
  }
  if (wantedMeters) checks.push(...judgeMeters(wantedMeters, record.meters, meters));
  if (otherMeters) checks.push(...judgeMeters(otherMeters, record.otherMeters, null));
  if (expected.cost) checks.push(...judgeCost(expected.cost, record.cost));
  for (const contradiction of record.contradictions ?? []) {
    checks.push({ what: 'books agree', expected: 'no contradiction', got: contradiction, isRight: false });
  }
  return checks;
}

const sorted = (names: readonly string[]): string => [...names].sort().join(' ') || '(none)';

function check(what: string, expected: unknown, got: unknown): Check {
  if (got === undefined) return { what, expected: String(expected), got: null, isRight: true };
  return { what, expected: String(expected), got: String(got), isRight: expected === got };
}

function checkAny(what: string, oneOf: readonly unknown[], got: unknown): Check {
  const expected = oneOf.map(String).join(' or ');
  return got === undefined
    ? { what, expected, got: null, isRight: true }
    : { what, expected, got: String(got), isRight: oneOf.includes(got) };
}

/** A meter that is expected must be there; one that is not expected must not be. */
function judgeMeters(
  expected: Readonly<Record<string, ExpectedQuantity | undefined>>,
  got: Readonly<Record<string, number | undefined>> | undefined,
  known: ReadonlySet<string> | null,
): Check[] {
  if (got === undefined) return [{ what: 'meters', expected: written(expected), got: null, isRight: true }];
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...names].sort().map((name) => {
    const wanted = expected[name];
    const quantity = got[name];
    const isAsked = known === null || known.has(name);
    if (!isAsked) return { what: name, expected: told(wanted), got: null, isRight: true };
    // A gateway that shows a count for everything writes 0 where it knows of none; its silence is not told from zero.
    const isNothing = known !== null && wanted === undefined && quantity === 0;
    return {
      what: name,
      expected: told(wanted),
      got: told(quantity),
      isRight: isNothing || isWithin(wanted, quantity),
    };
  });
}

const written = (meters: object): string => JSON.stringify(meters).replaceAll('"', '');

function told(quantity: ExpectedQuantity | undefined): string {
  if (quantity === undefined) return 'not known';
  return typeof quantity === 'number' ? String(quantity) : `${quantity.atLeast} to ${quantity.atMost}`;
}

function isWithin(wanted: ExpectedQuantity | undefined, got: number | undefined): boolean {
  if (wanted !== undefined && got === undefined && typeof wanted === 'object') return wanted.orUnknown;
  if (wanted === undefined || got === undefined) return wanted === got;
  return typeof wanted === 'number' ? wanted === got : wanted.atLeast <= got && got <= wanted.atMost;
}

function judgeCost(expected: NonNullable<Expectation['cost']>, got: RecordedCost | undefined): Check[] {
  const { status, usd, reason, rules = [] } = expected;
  if (got === undefined) return [{ what: 'cost', expected: costText(expected), got: null, isRight: true }];
  const checks = [check('cost status', status, got.status)];
  if (reason !== undefined) checks.push(check('cost reason', reason, got.reason));
  for (const rule of rules) {
    const said = got.rules?.join(' ');
    checks.push({
      ...{ what: 'rule', expected: rule, got: said ?? null },
      isRight: got.rules === undefined || got.rules.includes(rule),
    });
  }
  const isKnown = status !== 'unpriced';
  if (!isKnown) {
    const shown = got.usd ?? 'unknown';
    return [...checks, { what: 'cost', expected: 'unknown', got: shown, isRight: got.usd === null }];
  }
  const wanted = usd ?? (status === 'free' ? '0' : null);
  if (wanted !== null) {
    const amount = got.usd === null ? null : parseUsd(got.usd);
    const [least, most] = typeof wanted === 'string' ? [wanted, wanted] : [wanted.atLeast, wanted.atMost];
    const isRight = amount !== null && parseUsd(least) <= amount && amount <= parseUsd(most);
    checks.push({ what: 'cost', expected: costText(expected), got: got.usd ?? 'unknown', isRight });
  }
  if (got.lines && got.usd !== null) {
    const sum = got.lines.reduce((total, line) => total + parseUsd(line), 0n);
    checks.push({
      what: 'lines add up',
      expected: got.usd,
      got: got.lines.join(' + '),
      isRight: sum === parseUsd(got.usd),
    });
  }
  return checks;
}

function costText({ status, usd }: NonNullable<Expectation['cost']>): string {
  if (usd === undefined) return status === 'free' ? '0' : status;
  return typeof usd === 'string' ? usd : `${usd.atLeast} to ${usd.atMost}`;
}

/** The number of records that each repetition of a call must have left. */
export function judgeCount(call: CaseCall, records: readonly GatewayRecord[]): Check {
  const expected = call.expect.records * call.times;
  return {
    what: 'records',
    expected: String(expected),
    got: String(records.length),
    isRight: records.length === expected,
  };
}

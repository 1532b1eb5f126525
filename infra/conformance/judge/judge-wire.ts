import { isDeepStrictEqual } from 'node:util';
import type { CaseCall } from '../case/index.js';
import { type ClientResult, sha256 } from '../client/send.js';
import type { LedgerEntry } from '../upstream/ledger.js';
import { encodeBody, writesOf } from '../wire/encode.js';
import type { Check } from './judge.js';

/** What the client sent and got, against what it must have. */
export function judgeClient(call: CaseCall, result: ClientResult, isRelay: boolean): Check[] {
  const { client } = call.expect;
  const { hangUp } = call.client;
  const isBroken = call.answer?.breakOff !== undefined;
  const checks: Check[] = [];
  // A gateway that translates may still turn an error that comes first into a status of its own.
  const isItsOwn = !isRelay && JSON.stringify(call.expect.record.outcome ?? null).includes('upstream_error');
  const status = client.status ?? (hangUp || isBroken || isItsOwn ? undefined : call.answer?.status);
  if (status !== undefined) {
    const got = result.status === null ? `nothing (${result.ended})` : String(result.status);
    checks.push({ what: 'status at the client', expected: String(status), got, isRight: status === result.status });
  }
  if (result.ended === 'timed_out') {
    checks.push({ what: 'the client’s wait', expected: 'an end', got: 'none', isRight: false });
  }
  if (client.body !== undefined && call.answer !== undefined) checks.push(judgeBody(call, result, isRelay));
  return checks;
}

function judgeBody({ answer, expect }: CaseCall, { received, ended }: ClientResult, isRelay: boolean): Check {
  const wanted = expect.client.body;
  const what = 'bytes at the client';
  const expected = typeof wanted === 'object' ? `all but events ${wanted.withoutEvents.join(', ')}` : String(wanted);
  if (!isRelay || answer === undefined) return { what, expected, got: null, isRight: true };
  const left = typeof wanted === 'object' ? new Set(wanted.withoutEvents) : new Set<number>();
  const source = left.size > 0 ? encodeBody(answer.body) : writesOf(answer);
  const whole = Buffer.concat(source.events.filter((_, index) => !left.has(index)));
  const isRight =
    wanted === 'prefix'
      ? whole.subarray(0, received.length).equals(received)
      : ended === 'whole' && whole.equals(received);
  const got = isRight
    ? expected
    : `${received.length} of ${whole.length} bytes, ended ${ended}, sha256 ${sha256(received).slice(0, 12)}`;
  return { what, expected, got, isRight };
}

/** What reached the upstream of one call, all repetitions together. */
export function judgeUpstream(
  call: CaseCall,
  entries: readonly LedgerEntry[],
  results: readonly ClientResult[],
  isRelay: boolean,
): Check[] {
  const { upstream } = call.expect;
  const requests = upstream.requests ?? (call.answer ? call.times : 0);
  const asked = entries.length;
  const checks: Check[] = [
    { what: 'requests upstream', expected: String(requests), got: String(asked), isRight: requests === asked },
  ];
  const { body, ended } = upstream;
  if (ended !== undefined) {
    const got = [...new Set(entries.map((entry) => entry.ended))].join(', ');
    checks.push({ what: 'end of the answer upstream', expected: ended, got, isRight: got === ended });
  }
  if (body === 'identical') {
    const sent = new Set(results.map((result) => sha256(result.sent)));
    const isRight = entries.every((entry) => sent.has(sha256(entry.body)));
    checks.push({
      what: 'bytes upstream',
      expected: body,
      got: isRelay ? String(isRight ? body : 'others') : null,
      isRight: isRight || !isRelay,
    });
  } else if (body !== undefined) {
    checks.push(...Object.entries(body.holds).map(([name, value]) => holds(name, value, entries)));
  }
  return checks;
}

function holds(name: string, value: unknown, entries: readonly LedgerEntry[]): Check {
  const values = entries.map((entry) => memberOf(entry.body, name));
  const isRight = values.every((got) => isDeepStrictEqual(got, value));
  return {
    what: `${name} upstream`,
    expected: JSON.stringify(value),
    got: JSON.stringify(values[0]) ?? 'nothing',
    isRight,
  };
}

function memberOf(body: Buffer, name: string): unknown {
  try {
    return (JSON.parse(body.toString('utf8')) as Record<string, unknown>)[name];
  } catch {
    // What is no JSON holds no member; the check then says so.
    return undefined;
  }
}

import { randomBytes } from 'node:crypto';
import type { Case, CaseCall } from '../case/index.js';
import { type ClientResult, send } from '../client/send.js';
import type { BoundCase, CallAt, Gateway } from '../gateways/gateway.js';
import { type Evidence, judgeCase, type Verdict } from '../judge/judge-case.js';
import { startUpstream, type Upstream } from '../upstream/index.js';
import { encodeBody } from '../wire/encode.js';
import { pooled } from './pooled.js';

export interface RunOptions {
  /** A client gives up after so long. */
  readonly limitMs: number;
  readonly say: (line: string) => void;
}

/** What was seen of each case, beside the judgement on it. */
export interface Ran {
  readonly verdicts: readonly Verdict[];
  readonly evidence: ReadonlyMap<string, Evidence>;
}

const NONCE = '<nonce>';

/** Runs every case that the gateway can express, all on one start of it, and judges them. Stops the gateway. */
export async function runCases(gateway: Gateway, cases: readonly Case[], options: RunOptions): Promise<Ran> {
  const whyNot = new Map(cases.map((one) => [one.id, gateway.whyNot(one)]));
  const expressed = cases.filter(({ id }) => whyNot.get(id) === null);
  const upstream = await startUpstream(expressed);
  const evidence = new Map<string, Evidence>();
  let refused: ReadonlyMap<string, string> = new Map();
  try {
    const bound = expressed.map((one): BoundCase => ({ case: one, origins: upstream.originsOf(one.id) }));
    options.say(`starting ${gateway.name}`);
    refused = await gateway.start(bound);
    options.say(`${gateway.describe()}: ${bound.length} cases`);
    const ready = bound.filter((one) => !refused.has(one.case.id));
    const results = new Map<string, ClientResult[][]>();
    const mint = nonces();
    const run = async (one: BoundCase): Promise<void> => {
      results.set(one.case.id, await runCase(gateway, one, upstream, mint, options.limitMs));
    };
    // A case of a thousand calls would take the time of the others, and be taken for their fault.
    await pooled(ready.filter(isLight), gateway.casesAtOnce, run);
    await pooled(
      ready.filter((one) => !isLight(one)),
      1,
      run,
    );
    options.say('every client has its end; waiting for the upstream and the records');
    await upstream.idle(options.limitMs);
    await gateway.settled();
    for (const one of ready) {
      const { id } = one.case;
      const ledger = upstream.ledger.filter((entry) => entry.case === id);
      evidence.set(id, { results: results.get(id) ?? [], ledger, records: await gateway.records(one) });
    }
  } finally {
    await gateway.stop();
    await upstream.close();
  }
  const verdicts = cases.map((one): Verdict => {
    const why = whyNot.get(one.id) ?? null;
    if (why !== null) return { case: one, verdict: 'n/a', why, checks: [] };
    const refusal = refused.get(one.id);
    if (refusal !== undefined) {
      const check = { what: 'set-up', expected: 'done', got: refusal, isRight: false };
      return { case: one, verdict: 'fail', why: null, checks: [check] };
    }
    return judgeCase(one, evidence.get(one.id) as Evidence, gateway);
  });
  return { verdicts, evidence };
}

const LIGHT_CALLS = 100;
const isLight = ({ case: { calls } }: BoundCase): boolean => calls.every(({ times }) => times < LIGHT_CALLS);

function nonces(): () => string {
  const run = randomBytes(4).toString('hex');
  let count = 0;
  return () => `nonce-${run}-${++count}`;
}

/** The calls of a case one after the other, the repetitions of a call as many at once as it says. */
async function runCase(
  gateway: Gateway,
  one: BoundCase,
  upstream: Upstream,
  mint: () => string,
  limitMs: number,
): Promise<ClientResult[][]> {
  const results: ClientResult[][] = [];
  for (const [index, call] of one.case.calls.entries()) {
    const ofCall: ClientResult[] = [];
    const repetitions = Array.from({ length: call.times }, (_, repetition) => repetition);
    await pooled(repetitions, call.atOnce, async (repetition) => {
      const nonce = mint();
      const { body, contentType, named } = requestOf(call, nonce);
      const at: CallAt = { index, repetition, call: named, nonce, body };
      const sending = { nonce, body, contentType, limitMs, onHangUp: upstream.clientGone };
      ofCall.push(await send(named, gateway.target(one, at), sending));
    });
    results.push(ofCall);
  }
  return results;
}

function requestOf(call: CaseCall, nonce: string) {
  const path = call.request.path.replaceAll(NONCE, nonce);
  const named: CaseCall = { ...call, request: { ...call.request, path } };
  const encoded = call.request.body && encodeBody(call.request.body);
  if (!encoded) return { body: null, contentType: '', named };
  const bytes = Buffer.concat(encoded.events);
  const at = bytes.indexOf(NONCE);
  const body =
    at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from(nonce), bytes.subarray(at + NONCE.length)]);
  return { body, contentType: encoded.contentType, named };
}

import { randomBytes } from 'node:crypto';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type LedgerEntry, type Simulator, startSimulator } from '../simulator/index.js';
import { PriceList, picoUsd } from './bill.js';
import { type ExpectedCall, expectedCall, sumOf, type Told } from './expected-usage.js';
import { type SdkCall, sdkCalls } from './sdk-calls.js';
import { type Heard, sdkClients } from './sdk-clients.js';
import { type System, startSystem } from './system.js';
import { UsageAnswers } from './usage-answers.js';
import { USAGE_CHUNK, WIRE_SAMPLES } from './wire-samples.js';

const CALLS = 500;
const CONCURRENCY = 50;
const HOUR_MS = 3_600_000;
const TYPES = { openai: 'openai', anthropic: 'anthropic', compatible: 'openai_compatible' } as const;

let system: System;
/** The same upstream once more: what applications get without us, in a ledger of its own. */
let bare: Simulator;
let proxyUrls: Record<keyof typeof TYPES, string>;
let token: string;
const calls = sdkCalls(CALLS, randomBytes(4).toString('hex'));
const startedAt = Date.now();
const heard = new Map<string, Heard>();
let received: Map<string, string>;

beforeAll(async () => {
  system = await startSystem({ queue: 'redis' });
  const { simulator, upstreamKey, console } = system;
  bare = await startSimulator({ apiKeys: [upstreamKey] });
  await console.setUp(system.setupLink);
  const create = (name: keyof typeof TYPES, baseUrl: string) =>
    console.createProvider({
      ...{ name, displayName: name, type: TYPES[name], baseUrl },
      ...{ secretId: `${name.toUpperCase()}_KEY`, secretValue: upstreamKey },
      // An upstream that is left alone stops and bills what it wrote: its ledger has that of each abandoned call.
      onClientClose: 'CANCEL',
    });
  proxyUrls = {
    openai: await create('openai', `${simulator.url}/v1`),
    anthropic: await create('anthropic', simulator.url),
    compatible: await create('compatible', `${simulator.url}/v1`),
  };
  token = await console.createToken(await console.createApp('sdk'));
  await system.configured();
});

afterAll(async () => {
  await bare?.close();
  await system?.end();
});

/** What came of each call: the SDK's result as text, or the class of its error. */
async function send(all: readonly SdkCall[], run: (call: SdkCall) => Promise<unknown>): Promise<Map<string, string>> {
  const results = new Map<string, string>();
  const queue = [...all];
  const lane = async () => {
    for (let call = queue.shift(); call; call = queue.shift()) {
      const result = await run(call).then(
        (value) => JSON.stringify(value),
        (error: Error) => `${error.constructor.name}: ${error.message}`,
      );
      results.set(call.nonce, result);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return results;
}

describe('the official SDKs', () => {
  it('get through the proxy what they get from the upstream itself, 500 calls, 50 at a time', async () => {
    const { upstreamKey } = system;
    const directly = sdkClients(
      { openai: `${bare.url}/v1`, anthropic: bare.url, compatible: `${bare.url}/v1` },
      upstreamKey,
      new Map(),
    );
    const { openai, anthropic, compatible } = proxyUrls;
    const proxied = sdkClients({ openai: `${openai}/v1`, anthropic, compatible }, token, heard);
    const kept = calls.filter(({ abandoned }) => abandoned === 'no');
    const wanted = await send(kept, (call) => call.run(directly, true));
    const got = await send(calls, (call) => call.run(proxied, false));

    expect(calls.length - kept.length).toBe(CALLS / 20);
    expect([...wanted].filter(([, result]) => !/^[[{]/.test(result))).toEqual([]);
    for (const { nonce, kind } of kept) expect(got.get(nonce), kind).toBe(wanted.get(nonce));
    for (const { nonce, kind, abandoned } of calls) {
      if (abandoned === 'midway') expect(got.get(nonce), kind).toBe('3');
      if (abandoned === 'unanswered')
        expect(got.get(nonce), kind).toBe('APIConnectionTimeoutError: Request timed out.');
    }
    // An answer that went to the wrong caller would be another one: those with an id are all different.
    const alike = /^(models listed|tokens counted|embeddings.*)$/;
    const unique = kept.filter(({ kind }) => !alike.test(kind));
    expect(new Set(unique.map(({ nonce }) => got.get(nonce))).size).toBe(unique.length);
    received = got;
  });

  it('see no usage chunk that they did not ask for, and exactly the one they did', () => {
    for (const { nonce, kind, abandoned } of calls) {
      const usages = received.get(nonce)?.match(/"usage":\{/g)?.length ?? 0;
      if (/streamed, usage not asked for|elsewhere, streamed$/.test(kind)) expect(usages, kind).toBe(0);
      else if (/streamed with usage/.test(kind)) expect(usages, kind).toBe(1);
      else if (abandoned === 'no') expect(received.get(nonce), kind).not.toBe(undefined);
    }
  });
});

interface StoredCall {
  readonly eventId: string;
  readonly callId: string;
  readonly upstreamRequestId: string | null;
  readonly conversation: string | null;
  readonly provider: string;
  readonly model: string;
  readonly outcome: string;
  readonly usageSource: string;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

const STORED = `
  SELECT toString(event_id) AS eventId, toString(call_id) AS callId, upstream_request_id AS upstreamRequestId,
    conversation, provider, coalesce(served_model, requested_model, '') AS model, outcome, usage_source AS usageSource,
    toFloat64(ifNull(input_tokens, 0)) AS inputTokens, toFloat64(ifNull(cached_input_tokens, 0)) AS cachedInputTokens,
    toFloat64(ifNull(cache_write_5m_tokens, 0) + ifNull(cache_write_1h_tokens, 0) + ifNull(cache_write_unknown_tokens, 0)) AS cacheWriteTokens,
    toFloat64(ifNull(output_tokens, 0)) AS outputTokens, toFloat64(ifNull(reasoning_tokens, 0)) AS reasoningTokens
  FROM usage_events_v1`;

interface StoredRating {
  readonly eventId: string;
  readonly spend: string | null;
  readonly parts: string[];
  readonly sign: number;
}

const RATED = `
  SELECT toString(event_id) AS eventId, sign, toString(total) AS spend,
    [toString(amount_input), toString(amount_cached_input), toString(amount_cache_write), toString(amount_output),
     toString(amount_reasoning)] AS parts
  FROM ratings_v1`;

describe('the books', () => {
  let events: StoredCall[];
  let answers: UsageAnswers;
  /** Worked out from the upstream's ledger and the published rates, by the upstream's own id of each request. */
  let expected: Map<string, ExpectedCall>;
  const all = () => [...expected.values()];
  const groups = (keyOf: (call: ExpectedCall) => string) =>
    Object.fromEntries(
      [...new Set(all().map(keyOf))].map((key) => [key, sumOf(all().filter((call) => keyOf(call) === key))]),
    );

  beforeAll(async () => {
    await vi.waitUntil(() => system.simulator.ledger.length === CALLS, { timeout: 10_000 });
    // The meter may not have heard of the last calls yet.
    await vi.waitUntil(async () => (await system.books.totals()).events >= CALLS, { timeout: 30_000, interval: 200 });
    await system.settled();
    events = await system.books.ask<StoredCall>(STORED);
    answers = new UsageAnswers(system.console, startedAt - HOUR_MS, Date.now() + HOUR_MS);
    const prices = await PriceList.published(system.console, ['openai', 'anthropic']);
    expected = new Map(
      system.simulator.ledger.map((entry) => [entry.id, expectedCall(entry, clientOf(entry), prices)]),
    );
  });

  it('have one event for each request the upstream served, told by the id the upstream gave it', () => {
    expect(events).toHaveLength(CALLS);
    const byConversation = new Map(events.map((event) => [event.conversation, event]));
    expect(byConversation.size).toBe(CALLS);
    const answered = system.simulator.ledger.filter(({ status }) => status !== null);
    expect(events.map(({ upstreamRequestId }) => upstreamRequestId ?? '').sort()).toEqual(
      [...answered.map(({ id }) => id), ...Array.from({ length: CALLS - answered.length }, () => '')].sort(),
    );
    for (const { nonce, abandoned } of calls) {
      const event = byConversation.get(nonce);
      expect(event).toMatchObject({ outcome: abandoned === 'no' ? 'completed' : 'client_closed' });
      if (abandoned === 'unanswered') continue;
      expect([event?.callId, event?.upstreamRequestId]).toEqual([
        heard.get(nonce)?.callId,
        heard.get(nonce)?.upstreamRequestId,
      ]);
    }
  });

  it('count every token the upstream bills, and nothing for calls that were left', () => {
    for (const entry of system.simulator.ledger) {
      const event = eventOf(entry, events);
      const { spend: _s, spendInput: _i, spendCachedInput: _c, spendCacheWrite: _w, ...call } = expectedOf(entry);
      const { spendOutput: _o, spendReasoning: _r, ...wanted } = call;
      expect(event, `${entry.id} ${entry.model}`).toMatchObject(wanted);
    }
    const left = events.filter(({ outcome }) => outcome === 'client_closed');
    expect(left).toHaveLength(CALLS / 20);
    expect(new Set(left.map(({ usageSource }) => usageSource))).toEqual(new Set(['none', 'partial']));
  });

  it('price every call to the last 10^-12 dollar, and leave without a price what nobody publishes one for', async () => {
    const ratings = await system.books.ask<StoredRating>(RATED);
    expect(ratings).toHaveLength(CALLS);
    expect(ratings.every(({ sign }) => sign === 1)).toBe(true);
    const byEvent = new Map(ratings.map((rating) => [rating.eventId, rating]));
    for (const entry of system.simulator.ledger) {
      const rating = byEvent.get(eventOf(entry, events).eventId);
      const call = expectedOf(entry);
      const parts = [
        call.spendInput,
        call.spendCachedInput,
        call.spendCacheWrite,
        call.spendOutput,
        call.spendReasoning,
      ];
      expect([rating?.spend ? picoUsd(rating.spend) : null, rating?.parts.map(picoUsd)], `${entry.model}`).toEqual([
        call.spend,
        parts,
      ]);
    }
    // What the comparison rests on: every kind of rate was used, calls above a context tier are among them, some have none.
    const { unpricedCalls, ...sums } = sumOf(all());
    expect(unpricedCalls).toBeGreaterThan(CALLS / 10);
    for (const amount of [
      'spendInput',
      'spendCachedInput',
      'spendCacheWrite',
      'spendOutput',
      'spendReasoning',
    ] as const) {
      expect(sums[amount], amount).toBeGreaterThan(0n);
    }
  });

  it('are the same as ratings, as roll-up and as sums of both', async () => {
    const sums = sumOf(all());
    const totals = await system.books.totals();
    expect(totals).toMatchObject({ events: CALLS, distinctEvents: CALLS, ratings: CALLS, distinctRatings: CALLS });
    expect([totals.rollUpCalls, totals.rollUpRated]).toEqual([CALLS, CALLS]);
    const tokens = String(sums.inputTokens + sums.cachedInputTokens + sums.outputTokens);
    expect([totals.eventTokens, totals.rollUpTokens]).toEqual([tokens, tokens]);
    expect([picoUsd(totals.ratingSpend), picoUsd(totals.rollUpSpend)]).toEqual([sums.spend, sums.spend]);
    expect(await system.books.quarantined()).toBe(0);
    expect(await system.books.unevenBatches()).toEqual([]);
  });

  it('are what GraphQL answers call by call', async () => {
    const listed = await answers.calls();
    expect(new Set(listed.map(({ eventId }) => eventId)).size).toBe(CALLS);
    expect(listed).toHaveLength(CALLS);
    const byEvent = new Map(listed.map((call) => [call.eventId, call]));
    for (const entry of system.simulator.ledger) {
      const call = byEvent.get(eventOf(entry, events).eventId);
      const wanted = expectedOf(entry);
      expect(call?.outcome).toBe(wanted.outcome);
      expect(call?.rating?.cost ? picoUsd(call.rating.cost) : null).toBe(wanted.spend);
      expect(call?.rating?.status === 'unpriced').toBe(wanted.spend === null);
      // Unknown is null, never zero.
      if (wanted.usageSource === 'none') expect([call?.inputTokens, call?.outputTokens]).toEqual([null, null]);
      else if (wanted.usageSource === 'partial')
        expect([call?.inputTokens, call?.outputTokens]).toEqual([wanted.inputTokens, null]);
      else expect([call?.inputTokens, call?.outputTokens ?? 0]).toEqual([wanted.inputTokens, wanted.outputTokens]);
    }
  });

  it('are what GraphQL answers in sums, by provider, by model and over time', async () => {
    expect(await answers.totals()).toEqual(sumOf(all()));
    const byProvider = groups(({ provider }) => provider);
    expect(Object.keys(byProvider).sort()).toEqual(['anthropic', 'compatible', 'openai']);
    expect(await answers.breakdown('provider')).toEqual(byProvider);
    expect(await answers.breakdown('model')).toEqual(groups(({ model }) => model));
    const overTime = Object.fromEntries(
      Object.entries(byProvider).map(([key, { calls: count, totalTokens, spend }]) => [
        key,
        { calls: count, tokens: totalTokens, spend },
      ]),
    );
    expect(await answers.overTime('hour')).toEqual(overTime);
    expect(await answers.overTime('day')).toEqual(overTime);
  });

  it('agree with the live meter', async () => {
    const { meter } = await system.console.ask<{ meter: object }>(
      '{ meter { served stored onTheirWay quarantined agree } }',
    );
    expect(meter).toEqual({ served: CALLS, stored: CALLS, onTheirWay: 0, quarantined: 0, agree: true });
  });

  function expectedOf({ id }: LedgerEntry): ExpectedCall {
    return expected.get(id) as ExpectedCall;
  }
});

/** The call behind a request the upstream served: by the id its client was told, else by the model it alone asked for. */
function callOf({ id, model, status }: LedgerEntry): SdkCall {
  const found = calls.find(({ nonce }) =>
    status === null ? model?.endsWith(`.${nonce}`) : heard.get(nonce)?.upstreamRequestId === id,
  );
  if (!found) throw new Error(`nobody asked for ${id}`);
  return found;
}

const TIERS: Readonly<Record<string, Told['serviceTier']>> = {
  'chat on a tier without a published price': 'scale',
  'chat on the flex tier': 'flex',
};

function clientOf(entry: LedgerEntry): Told {
  const { provider, kind } = callOf(entry);
  return {
    provider,
    providerType: TYPES[provider],
    serviceTier: TIERS[kind] ?? 'default',
  };
}

function eventOf(entry: LedgerEntry, events: readonly StoredCall[]): StoredCall {
  const { nonce } = callOf(entry);
  return events.find(({ conversation }) => conversation === nonce) as StoredCall;
}

/** Each connection has its own of these; ids count up. */
const ITS_OWN = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'x-request-id', 'request-id'];

describe('byte for byte', () => {
  it.each(Object.entries(WIRE_SAMPLES))('%s passes as it is', async (_what, { to, path, body, sentOn }) => {
    const fetched = async (base: string, key: string, text: string | null) => {
      const answer = await request(`${base}/${path}`, {
        method: text === null ? 'GET' : 'POST',
        headers: {
          ...(to === 'anthropic'
            ? { 'x-api-key': key, 'anthropic-version': '2023-06-01' }
            : { authorization: `Bearer ${key}` }),
          ...(text !== null && { 'content-type': 'application/json' }),
        },
        ...(text !== null && { body: text }),
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer()).toString('latin1');
      const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !ITS_OWN.includes(name)));
      return {
        status: answer.statusCode,
        headers,
        bytes,
        upstreamId: answer.headers['x-request-id'] ?? answer.headers['request-id'],
      };
    };
    const direct = await fetched(bare.url, system.upstreamKey, sentOn ?? body);
    const proxied = await fetched(proxyUrls[to], token, body);
    const { 'x-weir-request-id': callId, ...headers } = proxied.headers;

    expect(proxied.status).toBe(direct.status);
    expect(headers).toEqual(direct.headers);
    expect(callId).toMatch(/^[0-9a-f-]{36}$/);
    expect(proxied.upstreamId).toMatch(/^req_sim_\d+$/);
    if (sentOn === undefined) expect(proxied.bytes).toBe(direct.bytes);
    else {
      expect(direct.bytes).toMatch(USAGE_CHUNK);
      expect(proxied.bytes).toBe(direct.bytes.replace(USAGE_CHUNK, ''));
      expect(proxied.bytes).not.toMatch(/"usage":\{/);
    }
  });
});

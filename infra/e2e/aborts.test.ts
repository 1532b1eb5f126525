import { randomUUID } from 'node:crypto';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LedgerEntry } from '../simulator/index.js';
import { type System, startSystem } from './system.js';

const TYPES = ['openai', 'anthropic', 'google'] as const;
type Type = (typeof TYPES)[number];
const POLICIES = ['DRAIN', 'CANCEL'] as const;
const LEFT_AFTER_EVENTS = 3;
const CALLS = 12;
const WAIT = { timeout: 60_000, interval: 100 };

let system: System;
let token: string;
const urls = new Map<string, string>();

const nameOf = (type: Type, policy: string, fallback = 'none') => `${type}-${policy.toLowerCase()}-${fallback}`;

beforeAll(async () => {
  system = await startSystem({ queue: 'redis' });
  const { console, simulator, upstreamKey } = system;
  await console.setUp(system.setupLink);
  const create = async (name: string, type: Type, more: Record<string, unknown>) => {
    const baseUrl = type === 'openai' ? `${simulator.url}/v1` : simulator.url;
    const secret = { secretId: `${type.toUpperCase()}_KEY`, secretValue: upstreamKey };
    urls.set(name, await console.createProvider({ name, displayName: name, type, baseUrl, ...secret, ...more }));
  };
  for (const type of TYPES) {
    for (const onClientClose of POLICIES) {
      await create(nameOf(type, onClientClose), type, { onClientClose, drainSeconds: 60, usageFallback: 'NONE' });
      const estimated = nameOf(type, onClientClose, 'estimated');
      await create(estimated, type, { onClientClose, drainSeconds: 60, usageFallback: 'ESTIMATED' });
    }
  }
  await create('brief', 'openai', { onClientClose: 'DRAIN', drainSeconds: 1, usageFallback: 'NONE' });
  token = await console.createToken(await console.createApp('left'));
  await system.configured();
});

afterAll(async () => {
  await system?.end();
});

interface Ask {
  readonly provider: string;
  readonly model: string;
  readonly nonce: string;
  readonly signal?: AbortSignal;
  readonly isStreamed?: boolean;
}

const CHAT = (nonce: string) => [{ role: 'user' as const, content: `${nonce}: how high is the water?` }];
const headersOf = (nonce: string) => ({ 'x-weir-conversation': nonce });

const openaiOf = (provider: string, maxRetries = 0) =>
  new OpenAI({ apiKey: token, baseURL: `${urls.get(provider)}/v1`, maxRetries });

/** One call by the official SDK of a type; a stream where it is asked for. */
const ASK: Record<Type, (ask: Ask) => Promise<unknown>> = {
  openai: ({ provider, model, nonce, signal, isStreamed = true }) =>
    openaiOf(provider).chat.completions.create(
      { model, messages: CHAT(nonce), stream: isStreamed },
      { headers: headersOf(nonce), ...(signal && { signal }) },
    ),
  anthropic: ({ provider, model, nonce, signal, isStreamed = true }) =>
    new Anthropic({ apiKey: token, baseURL: urls.get(provider) as string, maxRetries: 0 }).messages.create(
      { model, max_tokens: 500, messages: CHAT(nonce), stream: isStreamed },
      { headers: headersOf(nonce), ...(signal && { signal }) },
    ),
  google: ({ provider, model, nonce, signal, isStreamed = true }) => {
    const httpOptions = { baseUrl: urls.get(provider) as string, headers: headersOf(nonce) };
    const { models } = new GoogleGenAI({ apiKey: token, httpOptions });
    const request = { model, contents: nonce, config: signal ? { abortSignal: signal } : {} };
    return isStreamed ? models.generateContentStream(request) : models.generateContent(request);
  },
};

/** Reads some events of a stream and leaves. */
async function leave(type: Type, ask: Ask, afterEvents = LEFT_AFTER_EVENTS): Promise<void> {
  const controller = new AbortController();
  let events = 0;
  try {
    const stream = (await ASK[type]({ ...ask, signal: controller.signal })) as AsyncIterable<unknown>;
    for await (const _event of stream) if (++events === afterEvents) controller.abort();
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
  expect(events).toBeGreaterThanOrEqual(afterEvents);
}

interface Row {
  readonly conversation: string;
  readonly callId: string;
  readonly attempt: number;
  readonly clientRetry: number | null;
  readonly outcome: string;
  readonly abortAction: string | null;
  readonly upstreamId: string | null;
  readonly usageSource: string;
  readonly estimator: string | null;
  readonly estimatedMeters: readonly string[];
  readonly input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly status: string;
}

/** What is stored of the calls of a provider under these names, once that many are and are rated. */
async function stored(provider: string, prefix: string, count: number): Promise<Row[]> {
  return vi.waitFor(async () => {
    const rows = await system.books.ask<Row>(`
      SELECT e.conversation AS conversation, toString(e.call_id) AS callId, e.attempt AS attempt,
             e.client_retry AS clientRetry, e.outcome AS outcome, e.abort_action AS abortAction,
             e.upstream_request_id AS upstreamId, e.usage_source AS usageSource, e.estimator AS estimator,
             e.estimated_meters AS estimatedMeters, toFloat64(e.input_tokens) AS input,
             toFloat64(e.output_tokens) AS output, toFloat64(e.reasoning_tokens) AS reasoning, r.status AS status
      FROM usage_events_v1 AS e INNER JOIN ratings_v1 AS r ON r.event_id = e.event_id
      WHERE e.provider = '${provider}' AND startsWith(ifNull(e.conversation, ''), '${prefix}')
      ORDER BY e.started_at, e.event_id`);
    expect(rows).toHaveLength(count);
    return rows;
  }, WAIT);
}

/** The upstream writes down what it served when it has: a call it was left in, a moment later. */
async function billedFor(rows: readonly Row[]): Promise<Map<string, LedgerEntry>> {
  return vi.waitFor(() => {
    const entries = new Map(system.simulator.ledger.map((entry) => [entry.id, entry]));
    for (const { upstreamId } of rows) expect(entries.has(upstreamId ?? '')).toBe(true);
    return entries;
  }, WAIT);
}

describe.each(TYPES)('an app on the %s SDK that leaves its streams', { retry: 0 }, (type) => {
  const left = async (provider: string) => {
    const nonces = Array.from({ length: CALLS }, () => `left-${randomUUID()}`);
    await Promise.all(nonces.map((nonce) => leave(type, { provider, model: 'sim-stream-25', nonce })));
    const rows = await stored(provider, 'left-', CALLS);
    expect(rows.map(({ conversation }) => conversation).sort()).toEqual(nonces.sort());
    return { rows, ledger: await billedFor(rows) };
  };

  it('under drain is charged exactly what the upstream bills', async () => {
    const { rows, ledger } = await left(nameOf(type, 'DRAIN'));
    for (const { upstreamId, outcome, abortAction, usageSource, input, output, reasoning } of rows) {
      const entry = ledger.get(upstreamId as string) as LedgerEntry;
      expect(entry.ended).toBe('completed');
      expect({ outcome, abortAction, usageSource }).toEqual({
        ...{ outcome: 'client_closed', abortAction: 'drained', usageSource: 'reported' },
      });
      expect([input, output, reasoning ?? 0]).toEqual([
        entry.billed?.input,
        entry.billed?.output,
        entry.billed?.reasoning,
      ]);
    }
  });

  it('under cancel stops the upstream, and what is missing is what its events call unknown', async () => {
    const { rows, ledger } = await left(nameOf(type, 'CANCEL'));
    for (const { upstreamId, outcome, abortAction, usageSource, output, status } of rows) {
      expect(ledger.get(upstreamId as string)?.ended).toBe('client_closed');
      expect({ outcome, abortAction }).toEqual({ outcome: 'client_closed', abortAction: 'cancelled' });
      expect(usageSource).not.toBe('reported');
      // What a stream states while it runs is no final count, and is not charged as one.
      if (usageSource === 'none') expect([output, status]).toEqual([null, 'unpriced']);
    }
  });

  it('under cancel with estimates is charged for what was written until then, and told so', async () => {
    const { rows, ledger } = await left(nameOf(type, 'CANCEL', 'estimated'));
    for (const row of rows) {
      const whole = ledger.get(row.upstreamId as string)?.billed;
      expect(row).toMatchObject({ abortAction: 'cancelled', outcome: 'client_closed' });
      if (row.usageSource !== 'estimated') continue;
      expect(row.estimator).toMatch(/^[a-z0-9_]+$/);
      expect(row.estimatedMeters).toContain('output');
      expect(row.output).toBeGreaterThan(0);
      expect(row.output as number).toBeLessThanOrEqual((whole?.output ?? 0) * 3 + 10);
    }
    if (type === 'openai') expect(new Set(rows.map(({ usageSource }) => usageSource))).toEqual(new Set(['estimated']));
  });

  it('whole answers are read on under drain, and unknown under cancel', async () => {
    const expected = { DRAIN: ['drained', 'reported'], CANCEL: ['cancelled', 'none'] } as const;
    for (const policy of POLICIES) {
      const provider = nameOf(type, policy);
      const nonce = `whole-${randomUUID()}`;
      const served = system.simulator.ledger.length;
      const controller = new AbortController();
      const model = `sim-slow-3000.${nonce}`;
      const call = ASK[type]({ provider, model, nonce, signal: controller.signal, isStreamed: false });
      const failed = call.then(
        () => false,
        () => true,
      );
      await vi.waitFor(async () => expect(await inFlight()).toBeGreaterThan(0), WAIT);
      controller.abort();
      expect(await failed).toBe(true);
      const [row] = await stored(provider, 'whole-', 1);
      expect([row?.abortAction, row?.usageSource]).toEqual(expected[policy]);
      await vi.waitFor(() => expect(system.simulator.ledger.length).toBe(served + 1), WAIT);
      const entry = system.simulator.ledger.at(-1) as LedgerEntry;
      if (policy === 'DRAIN') expect([row?.input, row?.output]).toEqual([entry.billed?.input, entry.billed?.output]);
      else expect([row?.input, row?.output, entry.ended]).toEqual([null, null, 'client_closed']);
    }
  });
});

async function inFlight(): Promise<number> {
  const text = await (await fetch(`${system.internalUrls.proxy}/metrics`)).text();
  return Number(/^weir_proxy_in_flight\S* (\d+)/m.exec(text)?.[1] ?? 0);
}

describe('what a provider is set to', { retry: 0 }, () => {
  it('bounds how long an answer is read on', async () => {
    const nonce = `bound-${randomUUID()}`;
    await leave('openai', { provider: 'brief', model: 'sim-stall-mid-stream', nonce });
    expect(await stored('brief', 'bound-', 1)).toMatchObject([
      { outcome: 'client_closed', abortAction: 'drain_cut', usageSource: 'none', input: null, output: null },
    ]);
  });

  it('can be changed in the console, and counts for the calls that come', async () => {
    const name = 'brief';
    const { provider } = await system.console.ask<{ provider: { revision: number; onClientClose: string } }>(
      'query($name: String!) { provider(name: $name) { revision onClientClose } }',
      { name },
    );
    expect(provider.onClientClose).toBe('DRAIN');
    await system.console.ask('mutation($input: UpdateProviderInput!) { updateProvider(input: $input) { id } }', {
      input: { name, revision: provider.revision, onClientClose: 'CANCEL' },
    });
    await system.configured();
    await leave('openai', { provider: name, model: 'sim-stream-25', nonce: `changed-${randomUUID()}` });
    expect(await stored(name, 'changed-', 1)).toMatchObject([{ abortAction: 'cancelled' }]);
  });

  it.each(TYPES)('stands in for usage the upstream never states, or leaves it unknown: %s', async (type) => {
    const ask = (provider: string, nonce: string) =>
      ASK[type]({ provider, nonce, model: 'sim-no-usage', isStreamed: false });
    await ask(nameOf(type, 'DRAIN'), `silent-${randomUUID()}`);
    await ask(nameOf(type, 'DRAIN', 'estimated'), `silent-${randomUUID()}`);
    expect(await stored(nameOf(type, 'DRAIN'), 'silent-', 1)).toMatchObject([
      { usageSource: 'none', estimator: null, estimatedMeters: [], input: null, output: null, status: 'unpriced' },
    ]);
    const [estimated] = await stored(nameOf(type, 'DRAIN', 'estimated'), 'silent-', 1);
    expect(estimated).toMatchObject({ outcome: 'completed', abortAction: null, usageSource: 'estimated' });
    expect([...(estimated?.estimatedMeters ?? [])].sort()).toEqual(['input', 'output']);
    expect(estimated?.input).toBeGreaterThan(0);
    expect(estimated?.output).toBeGreaterThan(0);
  });
});

describe('repeated requests', { retry: 0 }, () => {
  const provider = nameOf('openai', 'DRAIN');

  it('of an SDK are attempts of which each says which repeat it is', async () => {
    const nonce = `retried-${randomUUID()}`;
    const client = openaiOf(provider, 2);
    const call = client.chat.completions.create(
      { model: 'sim-503', messages: CHAT(nonce) },
      { headers: headersOf(nonce) },
    );
    await expect(call).rejects.toMatchObject({ status: 503 });
    const rows = await stored(provider, 'retried-', 3);
    expect(rows.map(({ clientRetry, attempt }) => [clientRetry, attempt])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(new Set(rows.map(({ callId }) => callId)).size).toBe(3);
  });

  it('that the app numbers are one call', async () => {
    const callId = randomUUID();
    for (const attempt of [1, 2, 3]) {
      const headers = { ...headersOf(`numbered-${attempt}`), 'x-weir-call': callId, 'x-weir-attempt': String(attempt) };
      const model = attempt < 3 ? 'sim-503' : 'gpt-5.4';
      await openaiOf(provider)
        .chat.completions.create({ model, messages: CHAT(callId) }, { headers })
        .catch(() => undefined);
    }
    const rows = await stored(provider, 'numbered-', 3);
    expect(rows.map((row) => [row.callId, row.attempt, row.clientRetry])).toEqual([
      [callId, 1, 0],
      [callId, 2, 0],
      [callId, 3, 0],
    ]);
  });
});

it('nothing is left pending, and every figure agrees', async () => {
  await system.settled();
  expect(await inFlight()).toBe(0);
  const { events, distinctEvents, ratings } = await system.books.totals();
  expect([distinctEvents, ratings]).toEqual([events, events]);
});

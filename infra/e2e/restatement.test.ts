import { crc32c, formatUsd, newId, parseUsd, USAGE_QUEUE, type UsageBatch } from '@weir/contracts';
import { openProducer } from '@weir/queue';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConsoleClient } from './console-client.js';
import { type Difference, LedgerDesk, memberOf } from './ledger-desk.js';
import { type System, startSystem } from './system.js';

const PATIENCE = { timeout: 60_000, interval: 50 };
const MODELS = ['gpt-4o', 'gpt-4o', 'gpt-4o-mini', 'no-such-price-model'];
const CALLS = 20;
/** USD per million. */
const CONTRACT = { input: 20, output: 40 };
const OCTOBER = '2026-10';
const [FROM_OCTOBER, TO_OCTOBER] = [new Date('2026-10-01T00:00:00Z'), new Date('2026-11-01T00:00:00Z')];
const LATE_CALLS = 7;

let system: System;
let finance: LedgerDesk;
let others: Readonly<Record<'engineer' | 'viewer', ConsoleClient>>;
const began = new Date(Date.now() - 60_000);
const today = () => ({ from: began, to: new Date() });

beforeAll(async () => {
  system = await startSystem({ queue: 'redis' });
  await system.console.setUp(system.setupLink);
  const proxyUrl = await system.console.createProvider({
    ...{ name: 'openai-main', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  });
  const token = await system.console.createToken(await system.console.createApp('checkout'));
  finance = new LedgerDesk(await memberOf(system, 'finance'));
  others = { engineer: await memberOf(system, 'engineer'), viewer: await memberOf(system, 'viewer') };
  await system.configured();
  const client = new OpenAI({ baseURL: `${proxyUrl}/v1`, apiKey: token, maxRetries: 0 });
  for (let call = 0; call < CALLS; call++) {
    const content = `call number ${call}, ${'word '.repeat(call)}`;
    const model = MODELS[call % MODELS.length] ?? '';
    await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
  }
  await system.settled();
});
afterAll(() => system?.end());

const setPrice = (client: ConsoleClient, model: string, validFrom: Date, rates = CONTRACT) =>
  client.ask('mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { model } }', {
    input: {
      ...{ provider: 'openai-main', model, validFrom: validFrom.toISOString() },
      rates: Object.entries(rates).map(([bucket, usd]) => ({ bucket, perMillion: String(usd) })),
    },
  });

/** Of today, as Cost & Usage shows it. */
async function spend(): Promise<string> {
  const { usageTotals } = await finance.client.ask<{ usageTotals: { spend: string } }>(
    'query($range: TimeRange!) { usageTotals(range: $range) { spend } }',
    { range: today() },
  );
  return usageTotals.spend;
}

/** What the contract makes of the calls of a model, from what was used, by none of the code under test. */
async function byContract(model: string, where = '1'): Promise<string> {
  const [used] = await system.books.ask<{ input: string; output: string; cached: string }>(
    `SELECT toString(sum(input_tokens)) AS input, toString(sum(output_tokens)) AS output,
      toString(sum(ifNull(cached_input_tokens, 0))) AS cached FROM usage_events_v1
      WHERE coalesce(served_model, requested_model) LIKE '${model}' AND ${where}`,
  );
  expect(used?.cached).toBe('0');
  const { input = '0', output = '0' } = used ?? {};
  return formatUsd((BigInt(input) * BigInt(CONTRACT.input) + BigInt(output) * BigInt(CONTRACT.output)) * 1_000_000n);
}

const sum = (amounts: readonly string[]) => formatUsd(amounts.reduce((total, usd) => total + parseUsd(usd), 0n));
const lessThan = (usd: string, other: string) => parseUsd(usd) < parseUsd(other);

function expectSplitsToAddUp({ byProvider, byModel, byBucket, difference, before, after }: Difference): void {
  expect(difference).toBe(formatUsd(parseUsd(after) - parseUsd(before)));
  for (const split of [byProvider, byModel, byBucket]) {
    expect(sum(split.map((line) => line.difference))).toBe(difference);
  }
}

/** Ledger, roll-up and the lines of all receipts tell the same story. */
async function expectBooksToAgree(): Promise<void> {
  const [books] = await system.books.ask<Record<string, string>>(
    `SELECT toString((SELECT sum(ifNull(total, 0)) FROM ratings_v1)) AS ledger,
      toString((SELECT sum(spend) FROM usage_per_hour_v1)) AS rollUp,
      toString((SELECT sum(amount) FROM rating_lines_per_hour_v1)) AS lines,
      toString((SELECT sum(sign) FROM ratings_v1)) AS rated, toString((SELECT count() FROM usage_events_v1)) AS events`,
  );
  expect(books?.rollUp).toBe(books?.ledger);
  expect(books?.lines).toBe(books?.ledger);
  expect(books?.rated).toBe(books?.events);
  const { totalReceipt } = await finance.client.ask<{ totalReceipt: { agrees: boolean; total: string } }>(
    'query($range: TimeRange!) { totalReceipt(range: $range) { agrees total } }',
    { range: today() },
  );
  expect(totalReceipt).toEqual({ agrees: true, total: await spend() });
}

interface Entry {
  readonly kind: string;
  readonly cost: string;
  readonly restatement: { readonly number: number; readonly by: string; readonly reason: string; readonly at: string };
}

async function receiptOf(eventId: string) {
  const line = '{ bucket quantity usdPerMillion amount origin { kind } }';
  const { receipt } = await finance.client.ask<{
    receipt: {
      standing: { cost: string; lines: { origin: { kind: string } }[] };
      entries: Entry[];
    };
  }>(
    `query($id: ID!) { receipt(eventId: $id) { standing { cost lines ${line} }
      entries { kind cost restatement { number by reason at } } } }`,
    { id: eventId },
  );
  return receipt;
}

const refused = (code: string) => expect.objectContaining({ codes: [code] });

describe('a price that was wrong from the start', { retry: 0 }, () => {
  let atFirst: string;
  let corrected: string;
  let eventId: string;
  let id: string;

  it('is corrected by an admin, which changes no figure that is booked', async () => {
    atFirst = await spend();
    expect(lessThan('0', atFirst)).toBe(true);
    await expect(setPrice(finance.client, 'gpt-4o', began)).rejects.toEqual(refused('FORBIDDEN'));
    await setPrice(system.console, 'gpt-4o', began);
    expect(await spend()).toBe(atFirst);
    await expectBooksToAgree();
  });

  it('is previewed by finance: what would change, by provider, model and bucket, and nothing does', async () => {
    const preview = await finance.preview({ ...today(), reason: 'The contract says 20 and 40.' });
    id = preview.id;
    expect(preview).toMatchObject({ number: 1, requestedBy: 'finance@example.com', bookedBy: null, booked: null });
    const found = preview.preview as Difference;
    expectSplitsToAddUp(found);
    expect(found).toMatchObject({
      eventsSeen: CALLS,
      eventsChanged: CALLS / 2,
      after: await byContract('gpt-4o'),
    });
    expect(found.byModel.map(({ key }) => key)).toEqual(['gpt-4o']);
    expect(found.byBucket.map(({ key }) => key).sort()).toEqual(['input', 'output']);
    corrected = sum([atFirst, found.difference]);
    expect(await spend()).toBe(atFirst);
  });

  it('is booked, though the worker is killed meanwhile: what changes is what was previewed', async () => {
    const booked = await finance.book(id, () => system.kill('usage-worker'));
    expect(booked).toMatchObject({ bookedBy: 'finance@example.com', bookedAt: expect.any(String), reversedBy: null });
    expect(booked.booked).toEqual(booked.preview);
    expect(await spend()).toBe(corrected);
    await expectBooksToAgree();
  });

  it('leaves a receipt of each call that tells what was charged before, who changed it, why and when', async () => {
    const [one] = await system.books.ask<{ id: string; first: string }>(
      `SELECT toString(event_id) AS id, toString(total) AS first FROM ratings_v1
        WHERE run_id = 'initial' AND sign = 1 AND model = 'gpt-4o' LIMIT 1`,
    );
    eventId = one?.id ?? '';
    const { standing, entries } = await receiptOf(eventId);
    expect(entries.map(({ kind }) => kind)).toEqual(['RATING', 'REVERSAL', 'RATING']);
    expect(entries.map(({ cost }) => cost)).toEqual([one?.first, `-${one?.first}`, standing.cost]);
    expect(standing.cost).toBe(await byContract('%', `event_id = '${eventId}'`));
    expect(standing.lines.map(({ origin }) => origin.kind)).toEqual(['OVERRIDE', 'OVERRIDE']);
    const why = { number: 1, by: 'finance@example.com', reason: 'The contract says 20 and 40.' };
    expect(entries.map(({ restatement }) => restatement)).toEqual([
      ...[null, { ...why, at: expect.any(String) }, { ...why, at: expect.any(String) }],
    ]);
  });

  it('changes nothing when it is rated once more', async () => {
    const again = await finance.preview({ ...today(), reason: 'Is anything left?' });
    expect(again.preview).toMatchObject({ eventsSeen: CALLS, eventsChanged: 0, difference: '0' });
    expect((await finance.cancel(again.id)).state).toBe('CANCELLED');
    await expect(finance.book(again.id)).rejects.toEqual(refused('CANCELLED'));
  });

  it('is taken back to the last digit, by entries of its own', async () => {
    const reversal = await finance.reverse(id, 'The contract begins next year.');
    expect(reversal).toMatchObject({ number: 3, reverses: { number: 1 } });
    expect((await finance.one(id)).reversedBy).toEqual({ number: 3, state: 'READY' });
    expect(await spend()).toBe(corrected);
    await expect(finance.reverse(id, 'Twice?')).rejects.toEqual(refused('REVERSED_ALREADY'));
    await finance.book(reversal.id);
    expect((await finance.one(id)).reversedBy).toEqual({ number: 3, state: 'BOOKED' });
    expect(await spend()).toBe(atFirst);
    await expectBooksToAgree();
    const { standing, entries } = await receiptOf(eventId);
    expect(entries.map(({ kind }) => kind)).toEqual(['RATING', 'REVERSAL', 'RATING', 'REVERSAL', 'RATING']);
    expect(standing.cost).toBe(entries[0]?.cost);
    expect(standing.lines.map(({ origin }) => origin.kind)).toEqual(['CATALOG', 'CATALOG']);
    expect(entries[4]?.restatement).toMatchObject({ number: 3, reason: 'The contract begins next year.' });
  });

  it('a model without a price gets one, and only its backlog is rated', async () => {
    await setPrice(system.console, 'no-such-price-model', began);
    const filter = { unpricedOnly: true };
    const { id: backlog, preview } = await finance.preview({ ...today(), filter, reason: 'Priced at last.' });
    expect(preview).toMatchObject({ eventsSeen: CALLS / 4, newlyPriced: CALLS / 4, before: '0' });
    expect(preview?.after).toBe(await byContract('no-such-price-model'));
    await finance.book(backlog);
    expect(await spend()).toBe(sum([atFirst, preview?.after ?? '']));
    await expectBooksToAgree();
  });
});

/** A journal that was cut off for weeks sends what it has: calls of October, one at each second from `first` on. */
async function sendOctober(first: number): Promise<void> {
  const [stored] = await system.books.ask<Record<string, unknown>>(
    `SELECT * FROM usage_events_v1 WHERE served_model = 'gpt-4o' ORDER BY started_at LIMIT 1`,
  );
  const like = stored as Record<string, string>;
  const events = Array.from({ length: LATE_CALLS }, (_, index) => ({
    ...{ v: 1, eventId: newId(), callId: newId(), attempt: 1, projectId: like.project_id, environment: 'production' },
    ...{ provider: like.provider, providerId: like.provider_id, providerType: 'openai', endpoint: like.endpoint },
    ...{ method: 'POST', path: like.path, requestedModel: 'gpt-4o', servedModel: 'gpt-4o', serviceTier: 'default' },
    ...{ streamed: false, appId: like.app_id, app: like.app, tokenId: like.token_id, user: null, agent: null },
    ...{ tags: {}, conversation: null, outcome: 'completed', errorCode: null, status: 200, upstreamStatus: 200 },
    ...{ upstreamRequestId: null, startedAt: FROM_OCTOBER.getTime() + (first + index) * 1_000, firstByteMs: 1 },
    ...{ firstTokenMs: 1, durationMs: 2, overheadMs: 0.1, requestBytes: 100, responseBytes: 100 },
    ...{ meters: { input: 100 + first + index, output: 10 }, otherMeters: {}, usageSource: 'reported', rawUsage: '{}' },
    ...{ providerStatedCostUsd: null, alterations: [], snapshotVersion: 1, proxyId: 'proxy-late' },
  }));
  const body = JSON.stringify(events);
  const times = events.map(({ startedAt }) => startedAt);
  const batch: UsageBatch = {
    ...{ v: 1, batchId: `late-${newId()}`, events: events.length, crc32c: crc32c(Buffer.from(body)) },
    ...{ from: Math.min(...times), to: Math.max(...times), body },
  };
  const ended = Promise.withResolvers<void>();
  const producer = openProducer({
    ...{ url: system.stores.queueUrl, queue: USAGE_QUEUE, onError: () => undefined },
    onCompleted: (batchId) => batchId === batch.batchId && ended.resolve(),
  });
  await vi.waitFor(() => producer.add(batch.batchId, batch), PATIENCE);
  await ended.promise;
  await producer.close();
}

describe('a month', { retry: 0 }, () => {
  const october = { from: FROM_OCTOBER, to: TO_OCTOBER };

  it('that is closed keeps restatements out, also one that was previewed before', async () => {
    await sendOctober(0);
    await setPrice(system.console, 'gpt-4o', FROM_OCTOBER);
    const ready = await finance.preview({ ...october, reason: 'Contract prices for October.' });
    expect(ready.preview).toMatchObject({ eventsChanged: LATE_CALLS });
    const open = await finance.month(OCTOBER);
    expect(open).toMatchObject({ state: 'OPEN', calls: LATE_CALLS, closedBy: null, spendAtClose: null });
    const closed = await finance.close(OCTOBER);
    expect(closed).toMatchObject({
      ...{ state: 'CLOSED', closedBy: 'finance@example.com', spendAtClose: open?.spend, callsAtClose: LATE_CALLS },
    });
    await expect(finance.book(ready.id)).rejects.toEqual(refused('MONTH_CLOSED'));
    await expect(finance.preview({ ...october, reason: 'Again.' })).rejects.toEqual(refused('MONTH_CLOSED'));
    const across = { from: new Date('2026-09-15T00:00:00Z'), to: new Date(), reason: 'Across.' };
    await expect(finance.preview(across)).rejects.toEqual(refused('MONTH_CLOSED'));
    expect(await finance.month(OCTOBER)).toMatchObject({ spend: open?.spend });
  });

  it('that is closed loses no call that comes late, and shows what came after it was closed', async () => {
    const before = await finance.month(OCTOBER);
    await sendOctober(100);
    const after = await finance.month(OCTOBER);
    expect(after).toMatchObject({
      ...{ state: 'CLOSED', calls: 2 * LATE_CALLS, callsAtClose: LATE_CALLS, spendAtClose: before?.spendAtClose },
    });
    expect(lessThan(after?.spendAtClose ?? '', after?.spend ?? '')).toBe(true);
    await expectBooksToAgree();
  });

  it('that is reopened for a reason lets them in again', async () => {
    await expect(finance.reopen(OCTOBER, '  ')).rejects.toEqual(refused('REASON_INVALID'));
    const reopened = await finance.reopen(OCTOBER, 'The contract was missed.');
    expect(reopened).toMatchObject({
      ...{ state: 'OPEN', reopenedBy: 'finance@example.com', reopenReason: 'The contract was missed.' },
    });
    const { id, preview } = await finance.preview({ ...october, reason: 'Contract prices for October.' });
    // The late ones were rated by the contract when they came.
    expect(preview).toMatchObject({ eventsSeen: 2 * LATE_CALLS, eventsChanged: LATE_CALLS });
    await finance.book(id);
    const month = await finance.month(OCTOBER);
    expect(month?.spend).toBe(await byContract('gpt-4o', `proxy_id = 'proxy-late'`));
    await expectBooksToAgree();
  });
});

describe('who may', { retry: 0 }, () => {
  const WRITES = [
    `previewRestatement(input: { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z", reason: "x" }) { id }`,
    `bookRestatement(id: "00000000-0000-7000-8000-000000000000") { id }`,
    `cancelRestatement(id: "00000000-0000-7000-8000-000000000000") { id }`,
    `reverseRestatement(id: "00000000-0000-7000-8000-000000000000", reason: "x") { id }`,
    `closeMonth(month: "2026-10") { month }`,
    `reopenMonth(month: "2026-10", reason: "x") { month }`,
  ];

  it.each(['engineer', 'viewer'] as const)('%s reads the ledger and changes none of it', async (role) => {
    const client = others[role];
    const { restatements } = await client.ask<{ restatements: { nodes: { number: number }[] } }>(
      '{ restatements { nodes { number } } }',
    );
    expect(restatements.nodes.map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1]);
    for (const write of WRITES) {
      await expect(client.ask(`mutation { ${write} }`), write).rejects.toEqual(refused('FORBIDDEN'));
    }
  });
});

describe('the audit log', { retry: 0 }, () => {
  it('has each step, and who took it', async () => {
    const { auditEntries } = await system.console.ask<{
      auditEntries: { nodes: { action: string; actor: string; subject: string }[] };
    }>('{ auditEntries(first: 100) { nodes { action actor subject } } }');
    const said = auditEntries.nodes
      .filter(({ action }) => /^(restatement|month)\./.test(action))
      .map(({ action, actor, subject }) => `${action} ${subject} ${actor.split('@')[0]}`)
      .reverse();
    expect(said).toEqual([
      ...['restatement.preview 1 finance', 'restatement.book 1 finance', 'restatement.booked 1 finance'],
      ...['restatement.preview 2 finance', 'restatement.cancel 2 finance'],
      ...['restatement.reverse 3 finance', 'restatement.book 3 finance', 'restatement.booked 3 finance'],
      ...['restatement.preview 4 finance', 'restatement.book 4 finance', 'restatement.booked 4 finance'],
      ...['restatement.preview 5 finance', 'month.close 2026-10 finance', 'month.reopen 2026-10 finance'],
      ...['restatement.preview 6 finance', 'restatement.book 6 finance', 'restatement.booked 6 finance'],
    ]);
  });
});

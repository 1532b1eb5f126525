import {
  conversationPieces,
  type Deletion,
  deletionsOf,
  getConversation,
  listConversations,
  listTurns,
  migrate,
  noteDeletion,
  type Reader,
  reader,
  spansTable,
  turnBody,
  turnGiven,
  turnMessages,
  type Writer,
  writer,
} from '@weir/clickhouse';
import { framesOf, newId, type TranscriptFrame } from '@weir/contracts';
import { piecesOf, rebuildBody } from '@weir/transcripts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClickHouseServer, startClickHouse } from '../../../clickhouse/test/support/clickhouse-server.js';
import { spanRowOf } from '../src/spans/rows.js';
import { Gate } from '../src/store/gate.js';
import { consumeTranscripts } from '../src/transcripts/consume.js';
import { eraseTurns } from '../src/transcripts/deletion/erase.js';
import { Tally } from '../src/transcripts/tally.js';
import { TurnStore } from '../src/transcripts/turn-store.js';
import { agentRun } from './support/agent-run.js';
import { batchOfFrames, bytesOf, type Call, recorded } from './support/recorded.js';
import { agentSpan } from './support/spans.js';

const MINUTE = 60_000;
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 12 * 60 * MINUTE;

let server: ClickHouseServer;
let client: Writer;
let from: Reader;
beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  client = writer(url);
  from = reader(url);
});
afterAll(async () => {
  await from.close();
  await client.close();
  await server.stop();
});

/** A worker's lane, with a memory of its own. */
function lane() {
  const tally = new Tally();
  const gate = new Gate({
    firstDelayMs: 1,
    maxDelayMs: 1,
    signal: new AbortController().signal,
    onFailure: () => undefined,
  });
  const logged: string[] = [];
  const consume = consumeTranscripts({
    store: new TurnStore(client),
    gate,
    tally,
    erase: async (orders) => {
      for (const order of orders) await eraseTurns(client, order);
    },
    alone: (work) => work(),
    log: (_level, message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
  });
  const take = (...frames: readonly TranscriptFrame[]) => consume({ data: batchOfFrames(frames) });
  return { consume, take, tally, logged };
}

const conversations = async (project: string) => (await listConversations(from, project, { first: 100 })).nodes;
const turnsOf = async (project: string, id: string) => (await listTurns(from, project, id, { first: 500 })).nodes;

async function bodyOf(project: string, key: { conversationId: string; eventId: string }, side: 'request' | 'response') {
  const body = await turnBody(from, project, key, side);
  if (!body?.skeleton) return null;
  const pieces = await conversationPieces(from, project, key.conversationId, piecesOf(body.skeleton));
  return rebuildBody(body.skeleton, (id) => pieces.get(id));
}

const TURN_TABLES = ['turns', 'turns_by_time', 'pieces', 'messages', 'links', 'wanted'].map(
  (name) => `transcript_${name}_v1`,
);
const TABLES = [...TURN_TABLES, 'spans_v1'];
async function rowsOf(project: string): Promise<Record<string, number>> {
  const counts = await Promise.all(
    TABLES.map(async (table) => {
      const [row] = await client.query({
        name: 'rows',
        sql: `SELECT count() AS n FROM ${table} WHERE project_id = {project:UUID}`,
        params: { project },
        row: z.object({ n: z.number() }),
      });
      return [table, row?.n ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** The calls of a run, one a minute. */
const callsOf = (project: string, run: ReturnType<typeof agentRun>, over: Call = {}, at = NOON) =>
  run.map((turn, n) => recorded({ projectId: project, startedAt: at + n * MINUTE, ...turn, ...over }));

describe('a batch', () => {
  test('becomes a conversation whose turns, messages and exact bytes can be read', async () => {
    const project = newId();
    const run = agentRun(4, 'Please look at the water.');
    const frames = callsOf(project, run);
    const { take, tally } = lane();
    expect(await take(...frames)).toMatchObject({ stored: 4, quarantined: 0 });
    expect(tally).toMatchObject({ stored: 4, repeated: 0, bad: 0 });
    const [one, ...others] = await conversations(project);
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      title: 'Please look at the water.',
      turns: 4,
      inferredBy: 'prefix',
      status: 'completed',
      startedAt: NOON,
      conversationId: frames[0]?.head.eventId,
      usage: { unratedTurns: 4, turnsWithoutUsage: 4, costUsd: null, inputTokens: null },
    });
    const turns = await turnsOf(project, one?.conversationId ?? '');
    expect(turns.map(({ relation, parentEventId }) => [relation, parentEventId])).toEqual(
      frames.map((_, n) => (n === 0 ? ['starts', null] : ['continues', frames[n - 1]?.head.eventId])),
    );
    // Each turn brings what a tool answered; the rest is its parent's.
    expect(turns.map(({ inputMessages, inputKnown }) => inputMessages - inputKnown)).toEqual([1, 1, 1, 1]);
    expect(turns.map(({ awaitsTool }) => awaitsTool)).toEqual([true, true, true, false]);
    for (const [n, turn] of turns.entries()) {
      expect((await bodyOf(project, turn, 'request'))?.equals(bytesOf(run[n]?.request))).toBe(true);
      expect((await bodyOf(project, turn, 'response'))?.equals(bytesOf(run[n]?.response))).toBe(true);
    }
    const last = turns[3] as (typeof turns)[number];
    const asked = await turnMessages(from, project, last, { side: 'input', offset: 5, first: 10 });
    expect(asked).toMatchObject({ total: 7, messages: [{ role: 'assistant' }, { role: 'tool' }] });
    const said = await turnMessages(from, project, last, { side: 'output', first: 10 });
    expect(said?.messages).toMatchObject([{ role: 'assistant', finishReason: 'stop', nativeFinishReason: 'end_turn' }]);
    expect(JSON.parse(said?.messages[0]?.json ?? '')).toMatchObject({ role: 'assistant', parts: [{ type: 'text' }] });
    const given = await turnGiven(from, project, last);
    expect(JSON.parse(given?.toolsJson ?? '[]')).toHaveLength(12);
    expect(given?.systemJson).toContain('You are Claude Code.');
  });

  test('has its turns in the trace of their events, and of frames that do not name it in that of their headers', async () => {
    const project = newId();
    const [event, header] = ['a', 'b'].map((digit) => digit.repeat(32)) as [string, string];
    const headers = { traceparent: `00-${header}-00f067aa0ba902b7-01` };
    const run = [{ traceId: event }, { traceId: event, headers }, { traceId: null, headers }, {}];
    const frames = run.map((call, n) => recorded({ projectId: project, startedAt: NOON + n, ...call }));
    await lane().take(...frames);
    const turns = await client.query({
      name: 'traces',
      sql: `SELECT trace_id AS trace FROM transcript_turns_v1 WHERE project_id = {project:UUID} ORDER BY started_at`,
      params: { project },
      row: z.object({ trace: z.string().nullable() }),
    });
    expect(turns.map(({ trace }) => trace)).toEqual([event, event, header, null]);
  });

  test('that comes again, to this worker or another, changes nothing', async () => {
    const project = newId();
    const frames = callsOf(project, agentRun(3, 'Please look at the water.'));
    const first = lane();
    const batch = batchOfFrames(frames);
    await first.consume({ data: batch });
    const before = await rowsOf(project);
    expect(await first.consume({ data: batch })).toMatchObject({ stored: 0, quarantined: 0 });
    const second = lane();
    await second.consume({ data: batch });
    await second.take(...frames.slice(1));
    expect(second.tally).toMatchObject({ stored: 0, repeated: 5 });
    expect(await rowsOf(project)).toEqual(before);
    expect((await conversations(project)).map(({ turns }) => turns)).toEqual([3]);
  });

  test.each([
    ['nobody names', {}],
    ['is named', { headers: { 'x-weir-conversation': 'one' } }],
  ])('that overtakes the one of another process is told apart in no way: a conversation that %s', async (_, over) => {
    const project = newId();
    const now = Date.now();
    const frames = agentRun(5, 'Please look at the water.').map((turn, n) =>
      recorded({ projectId: project, startedAt: now - 400 + n * 50, durationMs: 40, ...turn, ...over }),
    );
    const [even, odd] = [0, 1].map((rest) => frames.filter((_, n) => n % 2 === rest)) as [
      TranscriptFrame[],
      TranscriptFrame[],
    ];
    const { take } = lane();
    const receipts = await Promise.all([take(...odd), take(...even)]);
    expect(receipts.map(({ stored }) => stored)).toEqual([2, 3]);
    const [one, ...others] = await conversations(project);
    expect(others).toEqual([]);
    const turns = await turnsOf(project, one?.conversationId ?? '');
    expect(turns.map(({ parentEventId }) => parentEventId)).toEqual([
      null,
      ...frames.slice(0, -1).map(({ head }) => head.eventId),
    ]);
    expect(turns.map(({ inputMessages, inputKnown }) => inputMessages - inputKnown)).toEqual([1, 1, 1, 1, 1]);
  });

  test('that broke off half way leaves what it would have left', async () => {
    const project = newId();
    const frames = callsOf(project, agentRun(3, 'Please look at the water.'));
    const seen = async () => [await conversations(project), await turnsOf(project, frames[0]?.head.eventId ?? '')];
    await lane().take(...frames);
    const before = await seen();
    for (const table of ['transcript_turns_v1', 'transcript_turns_by_time_v1']) {
      await client.command(
        'undo',
        `ALTER TABLE ${table} DELETE WHERE project_id = '${project}' SETTINGS mutations_sync = 2`,
      );
    }
    // A turn that found its own keys would be taken for one that repeats itself.
    await lane().take(...frames.slice(0, 2));
    await lane().take(...frames.slice(2));
    expect(await seen()).toEqual(before);
  });

  test('holds frames that cannot be read: they are counted, told without their words, and hold up no other', async () => {
    const project = newId();
    const good = recorded({ projectId: project, request: { messages: [{ role: 'user', content: 'A' }] } });
    const lying = recorded({ projectId: project, request: 'x'.repeat(200), requestBody: { keptBytes: 12 } });
    const broken = recorded({ projectId: project, request: 'secret words' });
    const { consume, tally, logged } = lane();
    const whole = framesOf(batchOfFrames([good, lying, broken, good]));
    whole[whole.indexOf('"v":1', whole.length / 2)] = 0;
    const data = { v: 1, batchId: 'b', frames: Buffer.concat([whole, Buffer.from([0, 0, 9])]).toString('base64') };
    expect(await consume({ data })).toMatchObject({ stored: 1, quarantined: 3 });
    expect(tally.bad).toBe(3);
    expect(logged.join()).toContain('"frames":3');
    expect(logged.join()).not.toContain('secret');
    await expect(consume({ data: { v: 1 } })).rejects.toThrow('TRANSCRIPT_BATCH_REFUSED');
    const unpackable = { v: 2, batchId: 'b', frames: 'AAAA' };
    await expect(consume({ data: unpackable })).rejects.toThrow('TRANSCRIPT_BATCH_REFUSED');
  });

  test('any bytes at all are rebuilt as they were', async () => {
    const bodies = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
        fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
        fc
          .array(fc.string({ unit: 'grapheme', minLength: 100, maxLength: 200 }), { minLength: 1, maxLength: 5 })
          .map((words) =>
            Buffer.from(JSON.stringify({ messages: words.map((content) => ({ role: 'user', content })) })),
          ),
      ),
      { minLength: 1, maxLength: 6 },
    );
    const { take } = lane();
    await fc.assert(
      fc.asyncProperty(bodies, async (raw) => {
        const project = newId();
        const headers = { 'x-weir-conversation': 'one' };
        const frames = raw.map((bytes, n) =>
          recorded({ projectId: project, startedAt: NOON + n, request: bytes, response: raw[n - 1], headers }),
        );
        await take(...frames);
        const [one] = await conversations(project);
        const turns = await turnsOf(project, one?.conversationId ?? '');
        expect(turns).toHaveLength(raw.length);
        for (const [n, bytes] of raw.entries()) {
          const rebuilt = await bodyOf(project, turns[n] as (typeof turns)[number], 'request');
          expect((rebuilt ?? Buffer.alloc(0)).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('conversations', () => {
  const ask = (words: string, ...past: string[]) => ({
    messages: [...past, words].map((content, n) => ({ role: n % 2 === 0 ? 'user' : 'assistant', content })),
  });
  const answer = (content: string, id = newId()) => ({
    id,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  });
  const chat = (project: string, n: number, over: Call) =>
    recorded({ projectId: project, endpoint: 'chat.completions', startedAt: NOON + n * MINUTE, ...over });
  const placesOf = async (project: string) => {
    const found = await Promise.all(
      (await conversations(project)).map(async ({ conversationId }) => turnsOf(project, conversationId)),
    );
    return new Map(found.flat().map((turn) => [turn.eventId, turn]));
  };

  test('runs of agents without any header are told apart, in whatever batches and by whichever worker they come', async () => {
    const project = newId();
    const runs = [1, 2, 3].map((seed) =>
      callsOf(project, agentRun(6, 'Please look at the water.', seed), {}, NOON + seed),
    );
    const [one, two] = [lane(), lane()];
    for (let n = 0; n < 6; n += 2) {
      const batch = runs.flatMap((run) => run.slice(n, n + 2)).toReversed();
      await (n === 2 ? two : one).take(...batch);
    }
    const places = await placesOf(project);
    expect(places.size).toBe(18);
    for (const run of runs) {
      const own = run.map(({ head }) => places.get(head.eventId)?.conversationId);
      expect(new Set(own)).toEqual(new Set([run[0]?.head.eventId]));
      expect(run.map(({ head }) => places.get(head.eventId)?.parentEventId)).toEqual([
        null,
        ...run.slice(0, -1).map(({ head }) => head.eventId),
      ]);
    }
  });

  test('of a client that sends the last messages alone go on where they were, in a later batch, too', async () => {
    const project = newId();
    const words = Array.from({ length: 8 }, (_, n) => `${n} metres of water, which is what was asked or said here.`);
    const frames = [0, 2, 4, 6].map((n) =>
      chat(project, n, {
        request: ask(words[n] ?? '', ...words.slice(Math.max(0, n - 2), n)),
        response: answer(words[n + 1] ?? ''),
      }),
    );
    const { take } = lane();
    await take(...frames.slice(0, 2));
    await take(...frames.slice(2));
    const places = await placesOf(project);
    expect(frames.map(({ head }) => places.get(head.eventId))).toMatchObject([
      { relation: 'starts', inputMessages: 1, inputKnown: 0 },
      { relation: 'continues', parentEventId: frames[0]?.head.eventId, inputMessages: 3, inputKnown: 2 },
      { relation: 'continues', parentEventId: frames[1]?.head.eventId, inputMessages: 3, inputKnown: 2 },
      { relation: 'continues', parentEventId: frames[2]?.head.eventId, inputMessages: 3, inputKnown: 2 },
    ]);
    expect(new Set([...places.values()].map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  test('that are named go on from their own turns, however often others said the same, and are titled by their task', async () => {
    const project = newId();
    const tools = [{ type: 'function', function: { name: 'gauge' } }];
    const asked = { role: 'user', content: 'How high is the water?' };
    const call = { id: 'call_1', type: 'function', function: { name: 'gauge', arguments: '{}' } };
    const called = { role: 'assistant', content: null, tool_calls: [call] };
    const result = { role: 'tool', tool_call_id: 'call_1', content: '4 m' };
    // More of them than are looked at of one key.
    const names = Array.from({ length: 25 }, (_, n) => `run-${n}`);
    const [titles, firsts, seconds] = [
      { request: { messages: [{ role: 'user', content: 'Make a title.' }] }, response: answer('Water') },
      {
        request: { messages: [asked], tools },
        response: { id: 'a', choices: [{ index: 0, message: called, finish_reason: 'tool_calls' }] },
      },
      { request: { messages: [asked, called, result], tools }, response: answer('4 m high.') },
    ].map((over, step) =>
      names.map((name, n) =>
        chat(project, step * 30 + n, { ...over, headers: { 'x-weir-conversation': name, 'session-id': name } }),
      ),
    ) as [TranscriptFrame[], TranscriptFrame[], TranscriptFrame[]];
    for (const frames of [titles, firsts, seconds]) await lane().take(...frames);
    const places = await placesOf(project);
    expect(seconds.map(({ head }) => places.get(head.eventId)?.parentEventId)).toEqual(
      firsts.map(({ head }) => head.eventId),
    );
    expect(new Set((await conversations(project)).map(({ title }) => title))).toEqual(new Set([asked.content]));
  });

  test('fork, go on, repeat after a failure and start sub-agents across batches', async () => {
    const project = newId();
    const prompt = 'Find every mention of water in the documents and list them.';
    const task = { id: 'call_7', type: 'function', function: { name: 'task', arguments: JSON.stringify({ prompt }) } };
    const calls = {
      start: chat(project, 0, { request: ask('Where is the water?'), response: answer('Here.') }),
      deep: chat(project, 1, { request: ask('Is it deep?', 'Where is the water?', 'Here.'), response: answer('Yes.') }),
      cold: chat(project, 2, { request: ask('Is it cold?', 'Where is the water?', 'Here.'), response: answer('No.') }),
      failed: chat(project, 3, {
        request: ask('How deep?', 'Where is the water?', 'Here.', 'Is it deep?', 'Yes.'),
        response: { error: { code: 'overloaded', message: 'Come back later.' } },
        outcome: 'upstream_error',
        status: 529,
      }),
      again: chat(project, 4, {
        request: ask('How deep?', 'Where is the water?', 'Here.', 'Is it deep?', 'Yes.'),
        response: {
          choices: [{ message: { role: 'assistant', content: null, tool_calls: [task] }, finish_reason: 'tool_calls' }],
        },
      }),
      child: chat(project, 5, { request: ask(prompt), response: answer('Twice.') }),
      elsewhere: chat(project, 6, { request: ask(prompt), response: answer('Twice.'), user: 'ann' }),
    };
    for (const call of Object.values(calls)) await lane().take(call);
    const places = await placesOf(project);
    const { eventId: startId } = calls.start.head;
    const relations = Object.fromEntries(
      Object.entries(calls).map(([name, { head }]) => {
        const { conversationId, relation, parentEventId } = places.get(head.eventId) ?? {};
        const parent = Object.entries(calls).find(([, call]) => call.head.eventId === parentEventId)?.[0];
        return [name, [conversationId === startId, relation, parent]];
      }),
    );
    expect(relations).toEqual({
      start: [true, 'starts', undefined],
      deep: [true, 'continues', 'start'],
      cold: [true, 'forks', 'start'],
      failed: [true, 'continues', 'deep'],
      again: [true, 'repeats', 'failed'],
      child: [true, 'spawned', 'again'],
      elsewhere: [false, 'starts', undefined],
    });
    expect(places.get(calls.child.head.eventId)).toMatchObject({ spawnCallId: 'call_7' });
    expect(places.get(calls.failed.head.eventId)).toMatchObject({ isFailed: true, upstreamErrorCode: 'overloaded' });
  });

  test('go on from answers that were cleared and put together where they were recorded, and from those that were cut', async () => {
    const project = newId();
    const said = { role: 'assistant', parts: [{ type: 'text', content: 'Write to [email].' }] };
    const output = { ...said, finish_reason: 'stop', native_finish_reason: 'stop' };
    const reading = { responseId: 'c1', outputMessages: [output], errors: [], complete: true, incompleteReason: null };
    const cleared = chat(project, 0, {
      request: ask('Whom do I write to?'),
      response: { ...reading, unreadable: [] },
      responseBody: { state: 'assembled', redactions: { email: 1 } },
    });
    const next = chat(project, 1, {
      request: ask('And then?', 'Whom do I write to?', 'Write to [email].'),
      response: '{"choices":[{"message":{"role":"assistant","content":"Wai',
      responseBody: { state: 'truncated', bytes: null },
    });
    const last = chat(project, 2, {
      request: ask('Why?', 'Whom do I write to?', 'Write to [email].', 'And then?', 'Wait.'),
    });
    for (const call of [cleared, next, last]) await lane().take(call);
    const places = await placesOf(project);
    expect([cleared, next, last].map(({ head }) => places.get(head.eventId)?.relation)).toEqual([
      ...['starts', 'continues', 'continues'],
    ]);
    expect(places.get(cleared.head.eventId)).toMatchObject({
      ...{ finishReasons: ['stop'], responseId: 'c1', incompleteReason: null, isFailed: false },
      response: { state: 'assembled', redactions: { email: 1 } },
    });
    expect(places.get(next.head.eventId)).toMatchObject({ incompleteReason: null, isFailed: false });
  });

  test('are not joined by a request that was cut, of which what can be read is shown', async () => {
    const project = newId();
    const first = chat(project, 0, { request: ask('How high is it?'), response: answer('Two metres.') });
    const whole = JSON.stringify(ask('And the tide after that?', 'How high is it?', 'Two metres.'));
    const cut = chat(project, 1, {
      request: whole.slice(0, whole.indexOf(' after')),
      requestBody: { state: 'truncated', bytes: 9_000_000 },
      response: answer('Falling.'),
    });
    const next = chat(project, 2, { request: ask('And the tide', 'How high is it?', 'Two metres.') });
    for (const call of [first, cut, next]) await lane().take(call);
    const places = await placesOf(project);
    expect(places.get(cut.head.eventId)).toMatchObject({ relation: 'starts', request: { state: 'truncated' } });
    expect(places.get(next.head.eventId)).toMatchObject({ relation: 'continues', parentEventId: first.head.eventId });
    const key = { conversationId: cut.head.eventId, eventId: cut.head.eventId };
    const shown = await turnMessages(from, project, key, { side: 'input', first: 10 });
    expect(JSON.stringify(shown)).toMatch(/And the tide\\*"/);
  });

  test('are named by callers and upstreams, within one app and user alone', async () => {
    const project = newId();
    const headers = { 'x-weir-conversation': 'case 7' };
    const first = chat(project, 0, {
      endpoint: 'responses',
      request: { input: 'One?' },
      response: { id: 'resp_1', object: 'response', status: 'completed', output: [] },
    });
    const follows = chat(project, 1, {
      endpoint: 'responses',
      request: { input: 'Two?', previous_response_id: 'resp_1' },
    });
    const theirs = chat(project, 2, {
      endpoint: 'responses',
      user: 'ann',
      request: { input: 'Two?', previous_response_id: 'resp_1' },
    });
    const stated = chat(project, 3, { headers, request: ask('Hello?') });
    const statedToo = chat(project, 4, { headers });
    const statedByAnn = chat(project, 5, { headers, user: 'ann' });
    const otherApp = chat(project, 6, { headers, appId: newId() });
    const polled = chat(project, 7, {
      ...{ endpoint: 'opaque', path: 'v1/responses/resp_1', request: null },
      response: { id: 'resp_1', object: 'response', status: 'completed', output: [] },
    });
    const calls = [first, follows, theirs, stated, statedToo, statedByAnn, otherApp, polled];
    for (const call of calls) await lane().take(call);
    const places = await placesOf(project);
    const idOf = ({ head }: TranscriptFrame) => places.get(head.eventId)?.conversationId;
    expect(idOf(follows)).toBe(idOf(first));
    expect(places.get(follows.head.eventId)).toMatchObject({ inferredBy: 'provider_id', relation: 'continues' });
    expect(idOf(polled)).toBe(idOf(first));
    expect(places.get(polled.head.eventId)).toMatchObject({ inferredBy: 'provider_id', relation: 'continues' });
    expect(idOf(statedToo)).toBe(idOf(stated));
    expect(places.get(stated.head.eventId)).toMatchObject({ inferredBy: 'header', statedId: 'case 7' });
    expect(new Set([first, theirs, stated, statedByAnn, otherApp].map(idOf)).size).toBe(5);
  });
});

test('a run of an agent takes less than an eighth of the bytes that passed', async () => {
  const project = newId();
  const run = agentRun(80, 'Please look at the water.', 9);
  const frames = callsOf(project, run);
  const { take } = lane();
  for (let at = 0; at < frames.length; at += 10) await take(...frames.slice(at, at + 10));
  const raw = run.reduce((sum, { request, response }) => sum + bytesOf(request).length + response.length, 0);
  const size = async () => {
    const [row] = await client.query({
      name: 'size',
      sql: `SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE database = currentDatabase() AND active AND table LIKE 'transcript_%'`,
      row: z.object({ n: z.number() }),
    });
    return row?.n ?? 0;
  };
  // With all that the other tests have left there.
  expect(raw).toBeGreaterThan(3_000_000);
  expect((await size()) * 8).toBeLessThan(raw);
  expect((await conversations(project)).map(({ turns }) => turns)).toEqual([80]);
});

test('a call with thousands of messages is stored as any other', async () => {
  const project = newId();
  const messages = Array.from({ length: 6_000 }, (_, n) => ({
    role: n % 2 ? 'assistant' : 'user',
    content: `word ${n}`,
  }));
  const frame = recorded({ projectId: project, startedAt: NOON, request: { model: 'm', messages } });
  expect(await lane().take(frame)).toMatchObject({ stored: 1, quarantined: 0 });
  const [one] = await conversations(project);
  const [turn] = await turnsOf(project, one?.conversationId ?? '');
  expect(turn).toMatchObject({ inputMessages: 6_000 });
  const body = turn && (await bodyOf(project, turn, 'request'));
  expect(body?.equals(bytesOf({ model: 'm', messages }))).toBe(true);
});

describe('expiry', () => {
  test('what a conversation still refers to stays as long as its last turn, and the rest goes with its own', async () => {
    const project = newId();
    const headers = { 'x-weir-conversation': 'long' };
    const message = (content: string) => ({ role: 'user', content: content.repeat(40) });
    const today = Date.now();
    const old = recorded({
      projectId: project,
      headers,
      retentionDays: 1,
      startedAt: today - 3 * 86_400_000,
      request: { messages: [message('kept '), message('gone ')] },
    });
    const late = recorded({
      projectId: project,
      headers,
      retentionDays: 1,
      startedAt: today,
      request: { messages: [message('kept ')] },
    });
    await client.command('stop', 'SYSTEM STOP TTL MERGES');
    const { take } = lane();
    await take(old);
    expect(await conversations(project)).toEqual([]);
    await take(late);
    await client.command('start', 'SYSTEM START TTL MERGES');
    const [one] = await conversations(project);
    expect(one?.turns).toBe(1);
    for (const table of TABLES) await client.command('merge', `OPTIMIZE TABLE ${table} FINAL`);
    expect(await rowsOf(project)).toMatchObject({
      transcript_turns_v1: 1,
      transcript_turns_by_time_v1: 1,
      transcript_pieces_v1: 1,
      transcript_messages_v1: 1,
    });
    const key = { conversationId: one?.conversationId ?? '', eventId: late.head.eventId };
    expect((await bodyOf(project, key, 'request'))?.toString()).toBe(JSON.stringify({ messages: [message('kept ')] }));
  });
});

describe('deletion', () => {
  const order = (projectId: string, over: Partial<Deletion>): Deletion => ({
    ...{ projectId, deletionId: newId(), orderedAt: Date.now(), isDone: false },
    ...{ conversationId: null, appId: null, user: null, providerId: null, from: null, to: null },
    ...over,
  });
  const NONE = Object.fromEntries(TABLES.map((table) => [table, 0]));

  const [ANN, BOB] = ['a', 'b'].map((digit) => digit.repeat(32)) as [string, string];
  const inTrace = <T extends object>(head: T, traceId: string) => ({
    ...{ ...head, headers: { traceparent: `00-${traceId}-00000000000000aa-01` } },
  });
  /** What an agent tells of the same trace. */
  const storeStep = (projectId: string, { appId }: { appId: string; user: string }, traceId: string) => {
    const span = agentSpan({ traceId, spanId: '00000000000000aa', startedAtUs: (Date.now() - 1_000) * 1_000 });
    const frame = {
      v: 1 as const,
      projectId,
      appId,
      environment: 'production',
      app: 'shop',
      receivedAt: Date.now(),
      spans: [span],
    };
    return spansTable(client).insert([spanRowOf(span, frame, 30, newId())]);
  };

  test.each(['conversation', 'app', 'user'] as const)(
    'by %s leaves nothing of it in any table, and all of others',
    async (by) => {
      const project = newId();
      const [appId, otherApp] = [newId(), newId()];
      const wanted = callsOf(
        project,
        agentRun(3, 'Please look at the water.', 1),
        inTrace({ appId, user: 'ann' }, ANN),
      );
      const others = callsOf(
        project,
        agentRun(3, 'Please look at the water.', 1),
        inTrace({ appId: otherApp, user: 'bob' }, BOB),
      );
      const { take, tally } = lane();
      await take(...others);
      await storeStep(project, { appId: otherApp, user: 'bob' }, BOB);
      const before = await rowsOf(project);
      await take(...wanted);
      await storeStep(project, { appId, user: 'ann' }, ANN);
      const scope = {
        conversation: { conversationId: wanted[0]?.head.eventId ?? '' },
        app: { appId },
        user: { user: 'ann' },
      }[by];
      const receipt = await eraseTurns(client, order(project, scope));
      expect(await rowsOf(project)).toEqual(before);
      expect(receipt.map(({ left }) => left)).toEqual(receipt.map(() => 0));
      expect(Object.fromEntries(receipt.map(({ table, found }) => [table, found]))).toEqual(before);
      expect((await deletionsOf(client, project)).map(({ isDone }) => isDone)).toEqual([true]);
      // What was under way comes too late, whichever worker it comes to, and what begins later is kept.
      const key = { conversationId: others[0]?.head.eventId ?? '', eventId: others[2]?.head.eventId ?? '' };
      expect(await take(...wanted)).toMatchObject({ stored: 0 });
      expect(await lane().take(...wanted)).toMatchObject({ stored: 0 });
      expect(tally.deleted).toBe(3);
      expect(await rowsOf(project)).toEqual(before);
      expect(await bodyOf(project, key, 'request')).not.toBeNull();
    },
  );

  test('of a conversation reaches turns that only their words would join, however late they come and in whatever order', async () => {
    const project = newId();
    const run = agentRun(6, 'Please look at the water.', 5);
    const frames = callsOf(project, run);
    const { take, tally } = lane();
    await take(...frames.slice(0, 2));
    const orderedAt = NOON + 5 * MINUTE - 1;
    await eraseTurns(client, order(project, { conversationId: frames[0]?.head.eventId ?? '', orderedAt }));
    expect(await rowsOf(project)).toEqual(NONE);
    // Each has all that was deleted in its prompt.
    await take(...frames.slice(3, 4));
    await lane().take(...frames.slice(2, 3));
    await lane().take(...frames.slice(4, 5));
    expect(await rowsOf(project)).toEqual(NONE);
    expect(tally.deleted).toBe(1);
    // What began after the order is kept, and is a conversation of its own.
    await take(...frames.slice(5));
    const [one, ...others] = await conversations(project);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ conversationId: frames[5]?.head.eventId, turns: 1 });
    // What is remembered for it holds nothing of what was said, and nobody's name.
    const [kept] = await client.query({
      name: 'buried',
      sql: `SELECT groupArray(toString(tuple(*))) AS rows FROM transcript_buried_links_v1 WHERE project_id = {project:UUID}`,
      params: { project },
      row: z.object({ rows: z.array(z.string()) }),
    });
    expect(kept?.rows.length).toBeGreaterThan(0);
    expect(kept?.rows.join()).not.toMatch(/water|Step|shop/);
  });

  test('by provider or by range takes those turns, and leaves what others of the conversation refer to', async () => {
    const project = newId();
    const run = agentRun(6, 'Please look at the water.', 4);
    const frames = callsOf(project, run).map((frame, n) =>
      n === 3 ? { ...frame, head: { ...frame.head, providerId: newId() } } : frame,
    );
    const { take } = lane();
    await take(...frames);
    const id = frames[0]?.head.eventId ?? '';
    const before = await rowsOf(project);
    await eraseTurns(client, order(project, { from: NOON + 4 * MINUTE, to: NOON + 7 * MINUTE }));
    await eraseTurns(client, order(project, { providerId: frames[3]?.head.providerId ?? '' }));
    const after = await rowsOf(project);
    expect((await turnsOf(project, id)).map(({ eventId }) => eventId)).toEqual(
      frames.slice(0, 3).map(({ head }) => head.eventId),
    );
    expect(after.transcript_pieces_v1).toBeLessThan(before.transcript_pieces_v1 ?? 0);
    for (const n of [0, 1, 2]) {
      const key = { conversationId: id, eventId: frames[n]?.head.eventId ?? '' };
      expect((await bodyOf(project, key, 'request'))?.equals(bytesOf(run[n]?.request))).toBe(true);
    }
    const said = (needle: string) =>
      client.query({
        name: 'said',
        sql: `SELECT (SELECT count() FROM transcript_pieces_v1 WHERE project_id = {project:UUID} AND position(data, {needle:String}) > 0)
          + (SELECT count() FROM transcript_messages_v1 WHERE project_id = {project:UUID} AND position(content, {needle:String}) > 0) AS n`,
        params: { project, needle },
        row: z.object({ n: z.number() }),
      });
    expect((await said('Step 2:'))[0]?.n).toBeGreaterThan(0);
    expect(await said('Step 4:')).toEqual([{ n: 0 }]);
    await eraseTurns(client, order(project, {}));
    expect(await rowsOf(project)).toEqual(NONE);
  });

  test('of what another worker remembers as stored: what is said again is stored again', async () => {
    const project = newId();
    const headers = { 'x-weir-conversation': 'again' };
    const request = { messages: [{ role: 'user', content: 'water '.repeat(50) }] };
    const { take } = lane();
    const againAt = Date.now() + 60_000;
    // Both are to be kept until the same day, so that nothing has to be stored again for longer.
    const retentionDays = 30 + Math.floor(againAt / 86_400_000) - Math.floor(NOON / 86_400_000);
    const first = recorded({ projectId: project, headers, startedAt: NOON, retentionDays, request });
    await take(first);
    const [one] = await conversations(project);
    await eraseTurns(client, order(project, { conversationId: one?.conversationId ?? '' }));
    const again = recorded({ projectId: project, headers, startedAt: againAt, request });
    await take(again);
    const key = { conversationId: one?.conversationId ?? '', eventId: again.head.eventId };
    expect((await bodyOf(project, key, 'request'))?.toString()).toBe(JSON.stringify(request));
    expect(await getConversation(from, project, key.conversationId)).toMatchObject({ turns: 1 });
  });

  test('of a call that was stored by a worker that did not see the order is made good when its batch comes again', async () => {
    const project = newId();
    const frames = callsOf(project, agentRun(2, 'Please look at the water.'));
    const { take } = lane();
    await take(...frames);
    const given = order(project, { appId: frames[0]?.head.appId ?? '' });
    await noteDeletion(client, { ...given, isDone: true });
    expect(await rowsOf(project)).not.toEqual(NONE);
    await take(...frames);
    expect(await rowsOf(project)).toEqual(NONE);
  });
});

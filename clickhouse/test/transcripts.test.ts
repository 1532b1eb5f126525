import { newId } from '@weir/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConversationFilter,
  conversationTimeline,
  getConversation,
  getTurn,
  listConversations,
  listTurns,
  matchingTurns,
  migrate,
  type Reader,
  ratingsTable,
  reader,
  transcriptMessagesTable,
  transcriptTurnsTable,
  usageEventsTable,
  type Writer,
  writer,
} from '../src/index.js';
import type { TranscriptTurnRow } from '../src/tables/transcripts/rows.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow } from './support/rows.js';
import { dayAfter, messageRow, turnRow } from './support/transcript-rows.js';

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

const MINUTE = 60_000;
const NOON = Math.floor(Date.now() / MINUTE) * MINUTE - 3 * 86_400_000;
const idAt = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const store = (...rows: TranscriptTurnRow[]) => transcriptTurnsTable(client).insert(rows);

/** The call that a turn is of, what it used and what it cost. */
async function used(turn: TranscriptTurnRow, startedAt: number, usd: string | null, over = {}) {
  const event = eventRow(turn.project_id, startedAt, { event_id: turn.event_id, ...over });
  await usageEventsTable(client).insert([event], newId());
  await ratingsTable(client).insert([ratingRow(event, usd)], newId());
}

const idsOf = async (project: string, filter: ConversationFilter) =>
  (await listConversations(from, project, { filter, first: 50 })).nodes.map(({ conversationId }) => conversationId);

describe('the list', () => {
  test('pages by key over conversations that share their last millisecond, each once, whatever their number', async () => {
    const project = newId();
    const rows = Array.from({ length: 23 }, (_, n) => [
      turnRow(project, idAt(n), NOON - n * MINUTE),
      turnRow(project, idAt(n), NOON + Math.floor(n / 8) * MINUTE),
    ]).flat();
    await store(...rows);
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 20; pages++) {
      const page = await listConversations(from, project, { first: 5, after });
      seen.push(...page.nodes.map(({ conversationId }) => conversationId));
      after = page.endCursor ?? undefined;
      if (!page.hasNextPage) break;
    }
    const expected = Array.from({ length: 23 }, (_, n) => n).sort(
      (a, b) => Math.floor(b / 8) - Math.floor(a / 8) || b - a,
    );
    expect(seen).toEqual(expected.map(idAt));
    expect((await listConversations(from, newId(), { first: 5 })).nodes).toEqual([]);
  });

  test('pages on through what there was when its first page was read, while conversations go on and others begin', async () => {
    const project = newId();
    // By a clock that is ahead of ours.
    const ahead = Date.now() + MINUTE;
    const all = Array.from({ length: 12 }, (_, n) => turnRow(project, idAt(n), n === 0 ? ahead : NOON - n * MINUTE));
    await store(...all, turnRow(project, idAt(0), NOON - 5.5 * MINUTE));
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 20; pages++) {
      const page = await listConversations(from, project, { first: 3, after });
      seen.push(...page.nodes.map(({ conversationId }) => conversationId));
      if (!page.hasNextPage) break;
      after = page.endCursor ?? undefined;
      const later = ahead + (pages + 1) * MINUTE;
      await store(turnRow(project, idAt(11 - pages), later), turnRow(project, newId(), later + 1));
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, n) => idAt(n)));
    const [first] = (await listConversations(from, project, { first: 3 })).nodes;
    expect(seen).not.toContain(first?.conversationId);
  });

  test('tells what a conversation used and cost, and keeps what is unknown apart', async () => {
    const project = newId();
    const id = newId();
    const turns = [0, 1, 2].map((n) =>
      turnRow(project, id, NOON + n * MINUTE, { relation: n === 0 ? 'starts' : 'continues', duration_ms: 2_000 }),
    ) as [TranscriptTurnRow, TranscriptTurnRow, TranscriptTurnRow];
    await store(...turns);
    await used(turns[0], NOON, '0.000000000001', { input_tokens: 30, cached_input_tokens: 70, output_tokens: 5 });
    await used(turns[1], NOON + MINUTE, null, { input_tokens: null, output_tokens: null, usage_source: 'none' });
    // Somebody else's, at the same time.
    await used(turnRow(newId(), id, NOON), NOON, '9');
    const one = await getConversation(from, project, id);
    expect(one).toMatchObject({
      title: 'What water is this?',
      status: 'completed',
      startedAt: NOON,
      lastTurnAt: NOON + 2 * MINUTE,
      durationMs: 2 * MINUTE + 2_000,
      turns: 3,
      usage: {
        inputTokens: 30,
        cachedInputTokens: 70,
        cacheWriteTokens: null,
        outputTokens: 5,
        cacheHitRatio: 0.7,
        turnsWithoutUsage: 2,
        costUsd: '0.000000000001',
        unpricedTurns: 1,
        unratedTurns: 1,
      },
    });
    expect(await getConversation(from, newId(), id)).toBeNull();
    const { nodes } = await listTurns(from, project, id, { first: 10 });
    expect(
      nodes.map(({ usage }) => [usage.inputTokens, usage.costUsd, usage.unpricedTurns, usage.unratedTurns]),
    ).toEqual([
      [30, '0.000000000001', 0, 0],
      [null, null, 1, 0],
      [null, null, 0, 1],
    ]);
    expect(await getTurn(from, project, id, turns[1].event_id)).toMatchObject({ usage: { turnsWithoutUsage: 1 } });
  });

  test('is narrowed by what one turn is, and by status and cost of the whole', async () => {
    const project = newId();
    const [plain, failed, running, dear] = [newId(), newId(), newId(), newId()];
    const costly = turnRow(project, dear, NOON, {
      provider: 'bedrock',
      served_model: 'nova',
      user: 'ann',
      duration_ms: 9_000,
    });
    await store(
      turnRow(project, plain, NOON, { app: 'shop', agent: 'codex', tags: { team: 'red' } }),
      turnRow(project, failed, NOON, { is_failed: true, upstream_error_code: 'overloaded_error', error_code: null }),
      turnRow(project, running, Date.now() - MINUTE, { awaits_tool: true }),
      costly,
    );
    await used(costly, NOON, '1.5');
    const all = [plain, failed, running, dear].sort();
    expect((await idsOf(project, {})).sort()).toEqual(all);
    expect(await idsOf(project, { statuses: ['error'] })).toEqual([failed]);
    expect(await idsOf(project, { statuses: ['running'] })).toEqual([running]);
    expect((await idsOf(project, { statuses: ['completed'] })).sort()).toEqual([plain, dear].sort());
    expect(await idsOf(project, { errorCodes: ['overloaded_error'] })).toEqual([failed]);
    expect(await idsOf(project, { costlierThanUsd: '1.499999999999' })).toEqual([dear]);
    expect(await idsOf(project, { costlierThanUsd: '1.5' })).toEqual([]);
    expect(await idsOf(project, { slowerThanMs: 8_999 })).toEqual([dear]);
    expect(await idsOf(project, { providers: ['bedrock'], models: ['nova'], users: ['ann'] })).toEqual([dear]);
    expect(await idsOf(project, { agents: ['codex'], tags: [{ key: 'team', values: ['red'] }] })).toEqual([plain]);
    expect(await idsOf(project, { from: NOON + 1 })).toEqual([running]);
    expect((await idsOf(project, { to: NOON + 1 })).sort()).toEqual([plain, failed, dear].sort());
    await expect(idsOf(project, { costlierThanUsd: '1e3' })).rejects.toMatchObject({ code: 'FILTER_INVALID' });
    await expect(listConversations(from, project, { first: 1, after: 'x' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  test('finds the one that failed behind thousands that did not, by what an earlier turn of it was, on the first page', async () => {
    const project = newId();
    const failed = newId();
    const fine = Array.from({ length: 2_500 }, (_, n) => turnRow(project, idAt(n), NOON + MINUTE + n));
    const [asked, answered] = [
      turnRow(project, failed, NOON - MINUTE, { served_model: 'nova' }),
      turnRow(project, failed, NOON, { is_failed: true }),
    ];
    // One that failed and went on is none.
    const recovered = newId();
    const again = [turnRow(project, recovered, NOON, { is_failed: true }), turnRow(project, recovered, NOON + MINUTE)];
    await store(asked, answered, ...again, ...fine);
    expect(await idsOf(project, { statuses: ['error'] })).toEqual([failed]);
    expect(await idsOf(project, { statuses: ['error'], models: ['nova'], to: NOON })).toEqual([failed]);
    expect(await idsOf(project, { statuses: ['running'] })).toEqual([]);
  });

  test('that is full of the last hour looks no further', async () => {
    const project = newId();
    await store(...Array.from({ length: 3 }, (_, n) => turnRow(project, idAt(n), Date.now() - n * MINUTE)));
    const asked: string[] = [];
    const counted: Reader = {
      ...from,
      query: (question) => {
        asked.push(question.name);
        return from.query(question);
      },
    };
    expect((await listConversations(counted, project, { first: 2 })).nodes).toHaveLength(2);
    expect(asked.filter((name) => name === 'conversations-page')).toHaveLength(1);
  });

  test('does not show what has expired, though the server has not cleared it', async () => {
    const project = newId();
    const [gone, kept] = [newId(), newId()];
    await client.command('stop', 'SYSTEM STOP TTL MERGES');
    await store(
      turnRow(project, gone, NOON, { expires_at: dayAfter(0) }),
      turnRow(project, kept, NOON, { expires_at: dayAfter(1) }),
    );
    await client.command('start', 'SYSTEM START TTL MERGES');
    expect(await idsOf(project, {})).toEqual([kept]);
    expect(await getConversation(from, project, gone)).toBeNull();
  });
});

describe('search', () => {
  const project = newId();
  const id = newId();
  const turn = turnRow(project, id, NOON, {
    input_ids: ['a'.repeat(64)],
    output_ids: ['b'.repeat(64)],
    stated_id: 'chat/77',
  });
  const later = turnRow(project, id, NOON + 1, {
    input_ids: ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)],
    input_known: 2,
    response_id: 'resp_9',
  });
  const other = turnRow(project, newId(), NOON, { served_model: 'nova' });
  const foreign = turnRow(newId(), newId(), NOON);
  beforeAll(async () => {
    await store(turn, later, other);
    await store(foreign);
    const text = 'Der Fluss „Ötztaler Ache“ trägt get_water_level(42) — 我来到北京清华大学';
    await transcriptMessagesTable(client).insert([
      messageRow(turn, 'a'.repeat(64), text),
      messageRow(turn, 'b'.repeat(64), 'It is deep.'),
      messageRow(later, 'c'.repeat(64), 'How deep?'),
      messageRow(other, 'd'.repeat(64), 'Nothing of interest: water'),
    ]);
    await transcriptMessagesTable(client).insert([messageRow(foreign, 'a'.repeat(64), text)]);
  });

  test.each(['ötztaler', 'ÖTZTALER ache', 'water level 42', '"get_water_level"', '北京', 'ＦＬＵＳＳ'])(
    'finds %s in what was said',
    async (search) => {
      expect(await idsOf(project, { search })).toEqual([id]);
      expect(await idsOf(project, { search, from: NOON - 1, to: NOON + 10 })).toEqual([id]);
    },
  );

  test.each(['ache interest', 'ötz', '…', 'chat 77'])('does not find %s', async (search) => {
    expect(await idsOf(project, { search })).toEqual([]);
  });

  test('finds a conversation by any of its ids', async () => {
    for (const search of [id, turn.event_id, later.call_id, 'chat/77', 'resp_9', ` ${id.toUpperCase()} `]) {
      expect(await idsOf(project, { search })).toEqual([id]);
    }
  });

  test('and the rest of a filter both hold, whether it leaves few conversations or many', async () => {
    expect(await idsOf(project, { search: 'water' })).toEqual([id, other.conversation_id]);
    const many = Array.from({ length: 2_500 }, (_, n) => turnRow(project, idAt(n), NOON, { served_model: 'pulsar' }));
    await store(...many);
    await transcriptMessagesTable(client).insert(
      many.slice(7, 9).map((one) => messageRow(one, 'e'.repeat(64), 'water')),
    );
    for (const [model, found] of [
      ['nova', [other.conversation_id]],
      ['pulsar', [idAt(8), idAt(7)]],
    ] as const) {
      expect(await idsOf(project, { search: 'water', models: [model] })).toEqual(found);
      expect(await idsOf(project, { search: 'deep', models: [model] })).toEqual([]);
      expect(await idsOf(project, { search: 'chat/77', models: [model] })).toEqual([]);
      expect(await idsOf(project, { search: id, models: [model] })).toEqual([]);
    }
    expect(await idsOf(project, { search: other.event_id, models: ['nova'] })).toEqual([other.conversation_id]);
  });

  test('finds the turn that first said it', async () => {
    const found = async (search: string) =>
      (await listTurns(from, project, id, { first: 10, search })).nodes.map(({ eventId }) => eventId);
    expect(await found('deep')).toEqual([turn.event_id, later.event_id]);
    expect(await found('it is deep')).toEqual([turn.event_id]);
    expect(await found('ache')).toEqual([turn.event_id]);
    expect(await found('nothing')).toEqual([]);
  });
});

test('turns of a long conversation are paged both ways, each once', async () => {
  const [project, id] = [newId(), newId()];
  const rows = Array.from({ length: 1_203 }, (_, n) => turnRow(project, id, NOON + Math.floor(n / 3)));
  await store(...rows);
  await store(...rows.slice(0, 10));
  const inTurn: string[][] = [];
  for (const order of ['oldest', 'newest'] as const) {
    const seen: { eventId: string; startedAt: number }[] = [];
    let after: string | undefined;
    do {
      const page = await listTurns(from, project, id, { first: 500, after, order });
      seen.push(...page.nodes);
      after = page.hasNextPage ? (page.endCursor ?? undefined) : undefined;
    } while (after !== undefined);
    const times = seen.map(({ startedAt }) => startedAt);
    expect(times).toEqual(times.toSorted((a, b) => (order === 'oldest' ? a - b : b - a)));
    inTurn.push(seen.map(({ eventId }) => eventId));
  }
  const [oldest = [], newest] = inTurn;
  expect(oldest.toSorted()).toEqual(rows.map(({ event_id }) => event_id).toSorted());
  expect(newest).toEqual(oldest.toReversed());
});

describe('within a conversation', () => {
  test('words lead to the turns that first brought them, instructions to the first that was given them', async () => {
    const [project, conversation] = [newId(), newId()];
    const turn = (minute: number, over: Partial<TranscriptTurnRow>) =>
      turnRow(project, conversation, NOON + minute * MINUTE, { system_id: 's', tools_id: 't', ...over });
    const first = turn(0, { input_ids: ['a'], output_ids: ['b'] });
    const second = turn(1, { input_ids: ['a', 'b', 'c'], input_known: 2 });
    const third = turn(2, { input_ids: ['a', 'b', 'c', 'd'], input_known: 3, output_ids: ['b'] });
    await store(third, first, second);
    await store(first);
    const other = turnRow(project, newId(), NOON, { input_ids: ['a'] });
    await store(other);
    await transcriptMessagesTable(client).insert([
      messageRow(first, 'a', 'Where is the Weir?'),
      messageRow(first, 'b', 'The weir is upstream of here'),
      messageRow(first, 'c', 'And the mill'),
      messageRow(first, 'd', 'Nothing'),
      messageRow(first, 's', 'You guard the mill'),
      messageRow(first, 't', 'gauge'),
      messageRow(other, 'a', 'lock gate'),
    ]);
    const found = (search: string, of = conversation) => matchingTurns(from, project, of, search);
    expect(await found('weir')).toEqual([first.event_id, third.event_id]);
    expect(await found('WEIR upstream')).toEqual([first.event_id, third.event_id]);
    expect(await found('mill')).toEqual([first.event_id, second.event_id]);
    expect(await found('gauge')).toEqual([first.event_id]);
    for (const nothing of ['gate', 'upstream mill', ' ', '…']) expect(await found(nothing)).toEqual([]);
    expect(await matchingTurns(from, newId(), conversation, 'weir')).toEqual([]);
  });

  test('a timeline is whole, in order, each turn once, and tells the newest where there are too many', async () => {
    const [project, conversation] = [newId(), newId()];
    const first = turnRow(project, conversation, NOON, { first_token_ms: 5 });
    const second = turnRow(project, conversation, NOON + MINUTE, {
      ...{ relation: 'spawned', parent_event_id: first.event_id, duration_ms: null, is_failed: true },
      ...{ error_code: 'upstream_reset', upstream_error_code: null },
    });
    await store(second, first);
    await store(first, turnRow(project, conversation, NOON + 2 * MINUTE, { expires_at: dayAfter(0) }));
    expect(await conversationTimeline(from, project, conversation)).toEqual({
      leftOut: 0,
      marks: [
        {
          ...{ eventId: first.event_id, startedAt: NOON, durationMs: 30.25, firstTokenMs: 5, isFailed: false },
          ...{ errorCode: null, relation: 'starts', parentEventId: null },
        },
        {
          ...{ eventId: second.event_id, startedAt: NOON + MINUTE, durationMs: null, firstTokenMs: null },
          ...{ isFailed: true, errorCode: 'upstream_reset', relation: 'spawned', parentEventId: first.event_id },
        },
      ],
    });
    const newest = await conversationTimeline(from, project, conversation, 1);
    expect([newest.marks.map(({ eventId }) => eventId), newest.leftOut]).toEqual([[second.event_id], 1]);
    expect(await conversationTimeline(from, newId(), conversation)).toEqual({ marks: [], leftOut: 0 });
    expect(await conversationTimeline(from, project, 'no id')).toEqual({ marks: [], leftOut: 0 });
  });
});

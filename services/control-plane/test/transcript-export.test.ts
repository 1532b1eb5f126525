import { migrate, writer } from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import type { Message } from '@weir/transcripts';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';
import { type RecordedTurn, storeTurns } from './transcript-rows.js';

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let admin: Caller;

const at = Date.now() - 3_600_000;
const says = (role: Message['role'], content: string): Message => ({ role, parts: [{ type: 'text', content }] });
/** Goes on and forks: of four turns two hold what the others said. */
const forked = newId();
const long = newId();
const LONG_TURNS = 2_000;
const [first, again, other, branch] = [newId(), newId(), newId(), newId()];
const [q1, a1, q2, a2, q3, a3] = ['q1', 'a1', 'q2', 'a2', 'q3', 'a3'].map((text, n) =>
  says(n % 2 === 0 ? 'user' : 'assistant', `${text} of the weir`),
) as [Message, Message, Message, Message, Message, Message];

const part = (n: number, event_id: string, parent: string | null, known: number, over: Partial<RecordedTurn>) => ({
  ...{ projectId, conversationId: forked, at: at + n },
  ...over,
  turn: {
    ...{ event_id, parent_event_id: parent, input_known: known, relation: parent === null ? 'starts' : 'continues' },
    ...over.turn,
  },
});

async function command(sql: string, params: Record<string, unknown> = {}): Promise<void> {
  const client = writer(clickhouse.url);
  await client.command('test', sql, params);
  await client.close();
}

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url, WEIR_EXPORT_PATIENCE_SECONDS: '3' });
  projectId = await system.makeProject();
  admin = await system.signedIn(projectId, 'admin');
  const heavy = says('user', 'heavy water '.repeat(2_000));
  await storeTurns(clickhouse.url, [
    part(1, first, null, 0, { inputs: [q1], outputs: [a1] }),
    part(2, again, first, 2, { inputs: [q1, a1, q2], outputs: [a2], request: Buffer.from('{"a":"x"}') }),
    part(3, other, first, 2, { inputs: [q1, a1, q3], outputs: [a3], turn: { relation: 'forks', app: 'other' } }),
    // Its prompt leaves out what came before, so that nothing holds the answer it goes on from.
    part(4, branch, again, 0, { inputs: [says('user', 'anew')], outputs: [] }),
    { projectId, conversationId: long, at, inputs: [heavy], outputs: [a1], turn: { app: 'long' } },
  ]);
  await command(
    `INSERT INTO transcript_turns_v1 (* EXCEPT stored_at)
      SELECT t.* EXCEPT stored_at REPLACE (generateUUIDv4(n.number) AS event_id, t.started_at + INTERVAL (1 + n.number) MILLISECOND AS started_at)
      FROM transcript_turns_v1 AS t CROSS JOIN numbers(${LONG_TURNS - 1}) AS n WHERE t.conversation_id = {long:UUID}`,
    { long },
  );
}, 180_000);
afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

const ORDER = 'mutation($input: ExportTranscriptsInput!) { exportTranscripts(input: $input) { downloadUrl fileName } }';

async function ordered(input: object, caller = admin): Promise<string> {
  const { data, text } = await caller.ask(ORDER, { input });
  const url = (data as { exportTranscripts?: { downloadUrl: string } } | null)?.exportTranscripts?.downloadUrl;
  if (url === undefined) throw new Error(text);
  return url;
}

const fetched = (url: string, cookie = admin.cookie) =>
  request(new URL(url, system.control.url), { headers: cookie === null ? {} : { cookie } });

// biome-ignore lint/suspicious/noExplicitAny: lines of a file, which the assertions look into
async function lines(input: object): Promise<any[]> {
  const answer = await fetched(await ordered(input));
  expect(answer.statusCode).toBe(200);
  const text = await answer.body.text();
  const found = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  expect(answer.trailers).toEqual({ 'x-weir-lines': String(found.length) });
  return found.map((line) => JSON.parse(line));
}

const exports = () =>
  system.prisma.auditEntry.findMany({
    where: { projectId, action: { startsWith: 'transcript.export' } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

test('spans are the turns as the API reads them, each with its whole prompt', async () => {
  const spans = await lines({ form: 'otel', conversationId: forked });
  const { data } = await admin.ask(
    `query($id: ID!) { turns(conversationId: $id) { nodes {
      eventId callId parentEventId relation startedAt durationMs requestedModel servedModel isFailed status app
      request { state reason } response { state reason } usage { inputTokens outputTokens cost }
    } } }`,
    { id: forked },
  );
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API, which the assertions look into
  const { nodes } = (data as any).turns;
  expect(
    spans.map(({ startTime, attributes: a }) => ({
      ...{ eventId: a['weir.event.id'], callId: a['weir.call.id'], parentEventId: a['weir.parent.event.id'] ?? null },
      ...{ relation: a['weir.relation'], startedAt: startTime, durationMs: 30.25, app: a['weir.app'] },
      ...{ requestedModel: a['gen_ai.request.model'], servedModel: a['gen_ai.response.model'], isFailed: false },
      status: a['http.response.status_code'],
      request: { state: a['weir.request.state'], reason: a['weir.request.reason'] ?? null },
      response: { state: a['weir.response.state'], reason: a['weir.response.reason'] ?? null },
      usage: {
        inputTokens: a['gen_ai.usage.input_tokens'] ?? null,
        outputTokens: a['gen_ai.usage.output_tokens'] ?? null,
        cost: a['weir.cost.usd'] ?? null,
      },
    })),
  ).toEqual(nodes);
  expect(spans.map(({ attributes }) => attributes['gen_ai.input.messages'])).toEqual([
    [q1],
    [q1, a1, q2],
    [q1, a1, q3],
    [says('user', 'anew')],
  ]);
  expect(spans[1].attributes['gen_ai.output.messages']).toEqual([a2]);
});

test('messages come once for each end of a conversation, and what no later prompt holds is an end', async () => {
  const found = await lines({ form: 'openai', conversationId: forked });
  expect(found.map(({ metadata }) => metadata.weir_turn)).toEqual([again, other, branch]);
  expect(found[0]).toMatchObject({
    model: 'gpt-x',
    messages: [q1, a1, q2, a2].map(({ role, parts: [said] }) => ({
      role,
      content: (said as { content: string }).content,
    })),
    metadata: { weir_request: 'redacted', weir_response: 'off', weir_cost_usd: 'unrated' },
  });
});

test('a filter takes whole conversations, and the trail says how much left, for whom', async () => {
  const before = (await exports()).length;
  const found = await lines({ form: 'otel', filter: { apps: ['other'], search: 'q3 weir' } });
  expect(found).toHaveLength(4);
  const [begun, ended] = (await exports()).slice(before);
  expect(begun).toMatchObject({
    ...{ action: 'transcript.export', subject: 'conversations' },
    detail: { form: 'otel', searched: true, filter: { apps: ['other'] } },
  });
  expect(JSON.stringify(begun)).not.toContain('q3');
  expect(ended).toMatchObject({
    ...{ action: 'transcript.exported', actor: begun?.actor },
    detail: { conversations: 1, turns: 4, lines: 4, isWhole: true },
  });
});

test('many short conversations are read as one: each by itself, in their order, by a handful of questions', async () => {
  const conversations = Array.from({ length: 60 }, () => newId());
  await storeTurns(
    clickhouse.url,
    conversations.flatMap((conversationId, n) =>
      [0, 1].map((turn) => ({
        ...{ projectId, conversationId, at: at + 1_000 * n + turn },
        ...{ inputs: [q1, says('user', `gauge ${n}`)], outputs: turn === 0 ? [a1] : [a2], turn: { app: 'short' } },
      })),
    ),
  );
  const asked = async () => {
    const client = writer(clickhouse.url);
    const [row] = await client.query({
      ...{ name: 'asked', sql: `SELECT value FROM system.events WHERE event = 'SelectQuery'`, params: {} },
      row: z.object({ value: z.coerce.number() }),
    });
    await client.close();
    return row?.value ?? 0;
  };
  const before = await asked();
  const spans = await lines({ form: 'otel', filter: { apps: ['short'] } });
  expect((await asked()) - before).toBeLessThan(60);
  expect(
    spans.map(({ attributes: a }) => [
      a['gen_ai.conversation.id'],
      a['gen_ai.input.messages'],
      a['gen_ai.output.messages'],
    ]),
  ).toEqual(
    conversations
      .map((id, n) => [id, n] as const)
      .toReversed()
      .flatMap(([id, n]) => [a1, a2].map((answer) => [id, [q1, says('user', `gauge ${n}`)], [answer]])),
  );
  expect((await exports()).at(-1)?.detail).toMatchObject({ conversations: 60, turns: 120, lines: 120, isWhole: true });
});

test('an address is worth nothing to others, changed, or without the role', async () => {
  const url = await ordered({ form: 'otel', conversationId: forked });
  const engineer = await system.signedIn(projectId, 'engineer');
  const viewer = await system.signedIn(projectId, 'viewer');
  const status = async (path: string, cookie: string | null) => {
    const answer = await fetched(path, cookie);
    await answer.body.dump();
    return answer.statusCode;
  };
  expect(await status(url, admin.cookie)).toBe(200);
  expect(await status(url, null)).toBe(401);
  expect(await status(url, engineer.cookie)).toBe(404);
  expect(await status(url, viewer.cookie)).toBe(403);
  expect(await status(`${url.slice(0, -6)}AAAAAA`, admin.cookie)).toBe(404);
  expect((await viewer.ask(ORDER, { input: { form: 'otel', conversationId: forked } })).codes).toEqual(['FORBIDDEN']);
  expect((await admin.ask(ORDER, { input: { form: 'otel', conversationId: 'x' } })).codes).toEqual(['ID_INVALID']);
});

test('whoever stays and takes nothing ends the reading, too, and others find its place free', async () => {
  const before = (await exports()).length;
  const stuck = await fetched(await ordered({ form: 'otel', conversationId: long }));
  await expect
    .poll(async () => (await exports()).slice(before).at(-1)?.detail, { timeout: 60_000 })
    .toMatchObject({ isWhole: false });
  await expect(stuck.body.text()).rejects.toThrow();
});

test('whoever leaves ends the reading, and an export that breaks off is seen to', async () => {
  const leaving = await fetched(await ordered({ form: 'otel', conversationId: long }));
  for await (const _ of leaving.body) break;
  await expect
    .poll(async () => (await exports()).at(-1)?.detail, { timeout: 60_000 })
    .toMatchObject({ isWhole: false });
  const last = (await exports()).at(-1)?.detail as { turns: number } | undefined;
  expect(last?.turns).toBeLessThan(LONG_TURNS);

  const broken = await fetched(await ordered({ form: 'otel', conversationId: long }));
  const read = async () => {
    let isFirst = true;
    for await (const _ of broken.body) {
      if (!isFirst) continue;
      isFirst = false;
      await command('RENAME TABLE transcript_turns_v1 TO transcript_turns_away');
    }
  };
  await expect(read()).rejects.toThrow();
  expect(broken.trailers).toEqual({});
  await expect
    .poll(async () => (await exports()).at(-1)?.detail, { timeout: 60_000 })
    .toMatchObject({ isWhole: false });
});

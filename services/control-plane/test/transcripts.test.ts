import { GraphQLSchemaHost } from '@nestjs/graphql';
import { migrate } from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import type { Role } from '@weir/prisma';
import { type Message, messageId } from '@weir/transcripts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOMS } from '../src/app.module.js';
import { permissionsOf } from '../src/platform/policy.js';
import { fieldsOf, findResolvers } from '../src/schema/resolvers.js';
import { rootFields } from './authorization/document.js';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { PASSWORD, type System, startSystem } from './system.js';
import { reads } from './transcript-reads.js';
import { storeTurns } from './transcript-rows.js';

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
const people = {} as Record<Role, Caller>;

const conversationId = newId();
const strangeId = newId();
const user = (content: string): Message => ({ role: 'user', parts: [{ type: 'text', content }] });
const question = user('Where is the weir of Ada?');
const answer: Message = { role: 'assistant', parts: [{ type: 'text', content: 'Upstream.' }] };
const large = user('long '.repeat(20_000));
const body = Buffer.from(JSON.stringify({ model: 'gpt-x', messages: [{ role: 'user', content: 'x'.repeat(300) }] }));
const binary = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
let turnIds: string[];

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
  projectId = await system.makeProject();
  for (const role of ['admin', 'engineer', 'finance', 'viewer'] as const) {
    people[role] = await system.signedIn(projectId, role);
  }
  const at = Date.now() - 3_600_000;
  const title = 'Where is the weir of Ada?';
  turnIds = await storeTurns(clickhouse.url, [
    { projectId, conversationId, at, inputs: [question], outputs: [answer], request: body, turn: { title } },
    {
      ...{ projectId, conversationId, at: at + 1, inputs: [question, answer, large], request: binary },
      turn: {
        ...{ input_known: 2, is_failed: true, status: 429, outcome: 'upstream_error', title },
        ...{ upstream_error_code: 'rate_limit', upstream_error_message: 'Ada is too fast', relation: 'continues' },
      },
    },
    { projectId: await system.makeProject(), conversationId: strangeId, at, inputs: [question], turn: { title } },
  ]);
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

const LIST = `query($filter: ConversationFilter, $first: Int) {
  conversations(filter: $filter, first: $first) { nodes { id title status turns failedTurns errorCode usage { cost inputTokens } } hasNextPage }
}`;
const SAID = `query($id: ID!, $turns: [ID!]!) {
  turnsSaid(conversationId: $id, eventIds: $turns) {
    turns { eventId inputIds outputs { id finishReason } upstreamErrorMessage }
    messages { id role bytes json }
  }
}`;
const BODY = `query($id: ID!, $turn: ID!, $side: BodySide!) {
  turnBody(conversationId: $id, eventId: $turn, side: $side) { text base64 facts { state redactions { rule count } } }
}`;

const found = async (caller: Caller, filter: object) =>
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API, which the assertion looks into
  ((await caller.ask(LIST, { filter })).data as any).conversations.nodes as { id: string; title: string | null }[];

const trail = (action: string) =>
  system.prisma.auditEntry.findMany({ where: { projectId, action }, orderBy: { id: 'asc' } });

test('a list has the conversations of the project alone, and their titles for who may read bodies', async () => {
  expect(await found(people.engineer, {})).toMatchObject([
    { id: conversationId, title: 'Where is the weir of Ada?', status: 'error', turns: 2, errorCode: 'rate_limit' },
  ]);
  for (const role of ['finance', 'viewer'] as const) {
    expect(await found(people[role], {})).toMatchObject([{ id: conversationId, title: null, turns: 2 }]);
  }
});

test('words are looked for on behalf of who may read them; an id finds for everybody', async () => {
  expect(await found(people.admin, { search: 'weir ADA' })).toHaveLength(1);
  expect(await found(people.admin, { search: 'weir of nobody' })).toEqual([]);
  expect(await found(people.viewer, { search: 'weir ADA' })).toEqual([]);
  expect(await found(people.viewer, { search: conversationId })).toHaveLength(1);
  expect(await found(people.admin, { search: strangeId })).toEqual([]);
  const inTurns = await people.viewer.ask(
    'query($id: ID!) { turns(conversationId: $id, search: "weir") { nodes { eventId } } }',
    { id: conversationId },
  );
  expect(inTurns.codes).toEqual(['FORBIDDEN']);
});

test('a filter narrows, and a filter out of bounds names its field', async () => {
  expect(await found(people.admin, { statuses: ['completed'] })).toEqual([]);
  expect(
    await found(people.admin, { statuses: ['error'], errorCodes: ['rate_limit'], providers: ['alpha'] }),
  ).toHaveLength(1);
  for (const [filter, field] of [
    [{ search: 'x'.repeat(1_001) }, 'filter.search'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'filter.from'],
  ] as const) {
    expect((await people.admin.ask(LIST, { filter })).text).toContain(`"field":"${field}"`);
  }
});

test('what turns brought comes once, without what came before, and large ones on demand', async () => {
  const answered = await people.engineer.ask(SAID, { id: conversationId, turns: turnIds.slice(0, 2) });
  expect(answered.codes).toEqual([]);
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API, which the assertions look into
  const { turns, messages } = (answered.data as any).turnsSaid;
  const [first, second] = turnIds.map((id) => turns.find((turn: { eventId: string }) => turn.eventId === id));
  expect(first).toMatchObject({ inputIds: [expect.any(String)], outputs: [{ finishReason: 'stop' }] });
  expect(second).toMatchObject({
    inputIds: [expect.any(String)],
    outputs: [],
    upstreamErrorMessage: 'Ada is too fast',
  });
  const byId = new Map(messages.map((one: { id: string }) => [one.id, one]));
  expect(messages).toHaveLength(3);
  expect(byId.get(first.inputIds[0])).toMatchObject({ role: 'user', json: JSON.stringify(question) });
  expect(byId.get(second.inputIds[0])).toMatchObject({ json: null, bytes: JSON.stringify(large).length });
  const alone = await people.engineer.ask(
    'query($id: ID!, $m: ID!) { saidMessage(conversationId: $id, id: $m) { json } }',
    {
      ...{ id: conversationId, m: second.inputIds[0] },
    },
  );
  expect(alone.data).toEqual({ saidMessage: { json: JSON.stringify(large) } });
});

test('a prompt is told whole, with what came before and what was set beside it', async () => {
  const PROMPT = `query($id: ID!, $turn: ID!) {
    turnPrompt(conversationId: $id, eventId: $turn) { systemId inputIds parameters { name json } request { state } }
  }`;
  const promptOf = async (turn: string | undefined) =>
    // biome-ignore lint/suspicious/noExplicitAny: an answer of the API, which the assertions look into
    ((await people.engineer.ask(PROMPT, { id: conversationId, turn })).data as any).turnPrompt;
  const [first, second] = [await promptOf(turnIds[0]), await promptOf(turnIds[1])];
  expect(first).toMatchObject({ systemId: null, parameters: [{ name: 'model', json: '"gpt-x"' }] });
  expect(second).toMatchObject({
    inputIds: [...first.inputIds, expect.any(String), expect.any(String)],
    parameters: null,
  });
  const MESSAGES = 'query($id: ID!, $ids: [ID!]!) { saidMessages(conversationId: $id, ids: $ids) { id json bytes } }';
  const { data } = await people.engineer.ask(MESSAGES, {
    id: conversationId,
    ids: [...second.inputIds, 'f'.repeat(64)],
  });
  const messages = (data as { saidMessages: { id: string; json: string | null }[] }).saidMessages;
  expect(new Map(messages.map(({ id, json }) => [id, json]))).toEqual(
    new Map(
      [question, answer, large].map((one, at) => [second.inputIds[at], one === large ? null : JSON.stringify(one)]),
    ),
  );
  const many = { id: conversationId, ids: Array.from({ length: 201 }, () => 'f'.repeat(64)) };
  expect((await people.engineer.ask(MESSAGES, many)).text).toContain('"field":"ids"');
});

test('a timeline has each turn once, for who may read no bodies, too', async () => {
  const { data, codes } = await people.viewer.ask(
    `query($id: ID!) { conversationTimeline(conversationId: $id) {
      leftOut eventIds durationsMs firstTokensMs parents failed { at errorCode } forks spawned repeats } }`,
    { id: conversationId },
  );
  expect(codes).toEqual([]);
  expect(data).toEqual({
    conversationTimeline: {
      ...{ leftOut: 0, eventIds: turnIds.slice(0, 2), durationsMs: [30.25, 30.25], firstTokensMs: [12.5, 12.5] },
      ...{ parents: [null, null], failed: [{ at: 1, errorCode: 'rate_limit' }], forks: [], spawned: [], repeats: [] },
    },
  });
});

test('a body is rebuilt byte for byte, and what is no text comes as base64', async () => {
  const [text, base64, off] = await Promise.all([
    people.admin.ask(BODY, { id: conversationId, turn: turnIds[0], side: 'request' }),
    people.admin.ask(BODY, { id: conversationId, turn: turnIds[1], side: 'request' }),
    people.admin.ask(BODY, { id: conversationId, turn: turnIds[0], side: 'response' }),
  ]);
  expect(text?.data).toEqual({
    turnBody: {
      text: body.toString(),
      base64: null,
      facts: { state: 'redacted', redactions: [{ rule: 'email', count: 2 }] },
    },
  });
  expect(base64?.data).toMatchObject({ turnBody: { text: null, base64: binary.toString('base64') } });
  expect(off?.data).toMatchObject({ turnBody: { text: null, base64: null, facts: { state: 'off' } } });
});

test('who reads what was said stands in the trail, once for a while; who is refused does not', async () => {
  const reader = await system.signedIn(projectId, 'engineer');
  const mine = async (action: string) => {
    const { data } = await reader.ask('{ viewer { email } }');
    const { email } = (data as { viewer: { email: string } }).viewer;
    return (await trail(action)).filter(({ actor }) => actor === email);
  };
  await found(reader, {});
  await reader.ask(BODY, { id: conversationId, turn: turnIds[0], side: 'response' });
  expect([...(await mine('transcript.read')), ...(await mine('transcript.read_body'))]).toEqual([]);
  for (let scrolled = 0; scrolled < 5; scrolled++) await reader.ask(SAID, { id: conversationId, turns: turnIds });
  expect(await mine('transcript.read')).toMatchObject([{ subject: conversationId }]);
  await reader.ask(BODY, { id: conversationId, turn: turnIds[0], side: 'request' });
  await reader.ask(BODY, { id: conversationId, turn: turnIds[1], side: 'request' });
  await reader.ask(BODY, { id: conversationId, turn: turnIds[1], side: 'request' });
  expect(await mine('transcript.read_body')).toMatchObject(
    turnIds.slice(0, 2).map((id) => ({ subject: `${id} request`, detail: { conversationId } })),
  );
  const before = await trail('transcript.read');
  expect((await people.viewer.ask(SAID, { id: conversationId, turns: turnIds })).codes).toEqual(['FORBIDDEN']);
  expect((await people.finance.ask(BODY, { id: conversationId, turn: turnIds[0], side: 'request' })).codes).toEqual([
    'FORBIDDEN',
  ]);
  await people.admin.ask(SAID, { id: strangeId, turns: [turnIds[2]] });
  expect(await trail('transcript.read')).toEqual(before);
});

test('what an order to delete would find is counted for who may give it', async () => {
  const PREVIEW = `query($scope: TranscriptScopeInput!) {
    transcriptDeletionPreview(scope: $scope) { conversations turns firstAt lastAt }
  }`;
  const counted = async (scope: object, caller = people.admin) => await caller.ask(PREVIEW, { scope });
  const { data } = await counted({ conversationId });
  expect(data).toMatchObject({
    transcriptDeletionPreview: { conversations: 1, turns: 2, firstAt: expect.any(String), lastAt: expect.any(String) },
  });
  const none = { transcriptDeletionPreview: { conversations: 0, turns: 0, firstAt: null, lastAt: null } };
  expect((await counted({ conversationId: strangeId })).data).toEqual(none);
  expect((await counted({ conversationId, to: new Date(1_000) })).data).toEqual(none);
  expect((await counted({})).codes).toEqual(['SCOPE_MISSING']);
  expect((await counted({ conversationId }, people.engineer)).codes).toEqual(['FORBIDDEN']);
});

describe('of every question about recorded calls', () => {
  const SAID = /Ada|Upstream\.|xxxxxxxx/;
  const table = () =>
    reads({
      ...{ conversationId, turnId: turnIds[0] ?? '', messageId: messageId(question) },
      ...{ words: 'weir ada', strangeWords: 'weir nobody' },
    });
  const documentOf = (field: string) =>
    rootFields(system.control.app.get(GraphQLSchemaHost).schema).find(({ key }) => key === `Query.${field}`)
      ?.document ?? '';
  const trailOf = async ({ email }: { email: string }) =>
    (await system.prisma.auditEntry.findMany({ where: { actor: email, action: { startsWith: 'transcript.' } } })).map(
      ({ action, subject, detail }) => ({ action, text: JSON.stringify([subject, detail]) }),
    );

  test('the table has each', () => {
    const asked = findResolvers(ROOMS)
      .flatMap(fieldsOf)
      .filter(({ kind, policy }) => kind === 'Query' && policy?.kind === 'permission')
      .filter(({ policy }) => policy?.kind === 'permission' && /^transcript(_body)?\.read$/.test(policy.permission));
    expect([...new Set(table().map(({ field }) => field))].sort()).toEqual(asked.map(({ field }) => field).sort());
  });

  test.each(['admin', 'engineer', 'finance', 'viewer'] as const)(
    'what %s is told that was said is in the trail, and the words that were looked for are not',
    async (role) => {
      const mayRead = permissionsOf({ role }).includes('transcript_body.read');
      for (const { field, variables, action } of table()) {
        const { email } = await system.makeAccount(projectId, role);
        const caller = system.caller();
        await caller.signIn(email, PASSWORD);
        const answers = [];
        for (let polled = 0; polled < 3; polled++) answers.push(await caller.ask(documentOf(field), variables));
        const told = answers.map(({ text }) => text).join();
        const asked = `${field} ${JSON.stringify(variables)}`;
        if (!mayRead || action === null) {
          expect(told, asked).not.toMatch(SAID);
          expect(await trailOf({ email }), asked).toEqual([]);
          continue;
        }
        expect(answers[0]?.codes, asked).toEqual([]);
        const trail = await trailOf({ email });
        // A search that finds titles shows them, too: two entries, each once.
        const titles = action === 'transcript.search' && SAID.test(told) ? ['transcript.list'] : [];
        expect(trail.map((entry) => entry.action).sort(), asked).toEqual([...titles, action]);
        expect(trail.map(({ text }) => text).join(), asked).not.toMatch(/ada|nobody/i);
      }
    },
  );

  test('words that were said and words that were not look the same to who may not read them', async () => {
    for (const field of ['conversations', 'turns']) {
      const [hit, miss] = table().filter(({ field: of, action }) => of === field && action === 'transcript.search');
      const answers = await Promise.all(
        [hit, miss].map((one) => people.viewer.ask(documentOf(field), one?.variables ?? {})),
      );
      const [a, b] = answers.map(({ data, codes }) => JSON.stringify({ data, codes }));
      expect(a).toBe(b);
    }
  });

  test('another filter is another question, and a range that moves on is not', async () => {
    const { email } = await system.makeAccount(projectId, 'engineer');
    const caller = system.caller();
    await caller.signIn(email, PASSWORD);
    for (const filter of [{}, { apps: ['shop'] }, { from: new Date(1_000) }, { to: new Date() }, { apps: ['shop'] }]) {
      await caller.ask(LIST, { filter });
    }
    expect(await trailOf({ email })).toHaveLength(2);
    for (const search of ['weir ada', 'ADA, weir', 'weir']) await caller.ask(LIST, { filter: { search } });
    const searches = (await trailOf({ email })).filter(({ action }) => action === 'transcript.search');
    expect(searches).toHaveLength(2);
  });
});

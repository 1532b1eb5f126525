import { migrate } from '@weir/clickhouse';
import { newId } from '@weir/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type SentSpan, storeSpans } from './span-rows.js';
import { type System, startSystem } from './system.js';
import { storeTurns } from './transcript-rows.js';
import { store } from './usage-rows.js';

let clickhouse: ClickHouse;
let system: System;
let projectId: string;
let viewer: Caller;
let stranger: Caller;

const [conversationId, appId] = [newId(), newId()];
const NOON = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;
const TRACE = 'e'.repeat(32);
const OTHER_TRACE = 'f'.repeat(32);
const LATER_TRACE = 'a'.repeat(32);
const id = (n: number) => `${n}`.padStart(16, '0');
const iso = (at: number) => new Date(at).toISOString();
let turnIds: string[];
let unrecordedId: string;
let spentBefore: unknown;

const SPENT = `query($range: TimeRange!) { usageTotals(range: $range) { calls spend inputTokens outputTokens } }`;

beforeAll(async () => {
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({ CLICKHOUSE_URL: clickhouse.url });
  projectId = await system.makeProject();
  viewer = await system.signedIn(projectId, 'viewer');
  stranger = await system.signedIn(await system.makeProject(), 'admin');
  const recorded = { projectId, conversationId };
  const app = { app_id: appId, stated_id: 'talk-1' };
  turnIds = await storeTurns(clickhouse.url, [
    { ...recorded, at: NOON, turn: { ...app, trace_id: TRACE, span_id: id(3), response_id: 'answer-1' } },
    { ...recorded, at: NOON + 10_000, turn: { ...app, response_id: 'answer-2', relation: 'continues' } },
  ]);
  unrecordedId = newId();
  await store(clickhouse.url, [
    { projectId, at: NOON, usd: '0.5', event: { event_id: turnIds[0] as string, trace_id: TRACE, app_id: appId } },
    { projectId, at: NOON + 5_000, usd: '0.25', event: { event_id: unrecordedId, trace_id: TRACE, app_id: appId } },
  ]);
  spentBefore = await spent();
  const span = (n: number, parent: number | null, at: number, over: Partial<SentSpan> = {}): SentSpan => ({
    ...{ project_id: projectId, trace_id: TRACE, span_id: id(n), app_id: appId, at: NOON + at },
    ...{ parent_span_id: parent === null ? '' : id(parent), ...over },
  });
  const model = { category: 'model', kind: 'client', input_tokens: 1_000, output_tokens: 50, requested_model: 'gpt-x' };
  await storeSpans(clickhouse.url, [
    span(1, null, -500, { name: 'invoke_agent planner', category: 'agent', duration_ms: 9_000, input_tokens: 9_999 }),
    span(2, 1, -100, { name: 'chat gpt-x', ...model, duration_ms: 400 }),
    span(3, 2, -50, { name: 'POST', category: 'http', kind: 'client' }),
    span(4, 1, 1_000, {
      name: 'execute_tool gauge',
      category: 'tool',
      status: 'error',
      error_type: 'Dry',
      attributes: { 'gen_ai.tool.name': 'gauge' },
    }),
    span(5, 1, 2_000, { name: 'chat elsewhere', ...model, duration_ms: 400 }),
    span(6, 1, 4_900, { name: 'chat unrecorded', ...model, duration_ms: 400 }),
    // Sent again by an SDK that had no answer.
    span(4, 1, 1_000, {
      name: 'execute_tool gauge',
      category: 'tool',
      status: 'error',
      error_type: 'Dry',
      attributes: { 'gen_ai.tool.name': 'gauge' },
    }),
    {
      ...span(7, null, 9_900, { name: 'chat by its answer', ...model, response_id: 'answer-2' }),
      trace_id: OTHER_TRACE,
    },
    { ...span(8, null, 12_000, { name: 'think', conversation: 'talk-1' }), trace_id: LATER_TRACE },
    {
      ...span(9, null, 12_000, { name: 'of another app', conversation: 'talk-1', app_id: newId() }),
      trace_id: 'b'.repeat(32),
    },
    { ...span(10, null, 13_000, { name: 'alone', conversation: 'talk-2' }), trace_id: 'c'.repeat(32) },
    { ...span(11, null, 14_000, { name: 'goes on', conversation: 'talk-2' }), trace_id: 'd'.repeat(32) },
  ]);
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
});

async function spent(): Promise<unknown> {
  const range = { from: iso(NOON - 86_400_000), to: iso(NOON + 86_400_000) };
  return (await viewer.ask(SPENT, { range })).data;
}

const PARTS = `nodes { spanId depth name durationMs status errorType isElsewhere inputTokens outputTokens calls { eventId conversationId }
  attributes { name value } } endCursor hasNextPage isCut`;
const OF_CONVERSATION = `query($id: ID!, $from: DateTime, $to: DateTime, $first: Int, $after: String) {
  spans: conversationSpans(conversationId: $id, from: $from, to: $to, first: $first, after: $after) { ${PARTS} }
}`;
const OF_TRACE = `query($id: ID!) { spans: traceSpans(traceId: $id) { ${PARTS} } }`;
const FIND = `query($id: String!) { agentTraces(id: $id) { traceId conversation conversationId name spans failedSpans app } }`;

interface Page {
  nodes: {
    name: string;
    depth: number;
    inputTokens: number | null;
    isElsewhere: boolean;
    calls: unknown[];
    attributes: unknown[];
  }[];
  endCursor: string | null;
  hasNextPage: boolean;
}
async function spans(variables: object, { as = viewer, document = OF_CONVERSATION } = {}): Promise<Page> {
  const answer = await as.ask(document, { id: conversationId, ...variables });
  return (answer.data as { spans: Page } | null)?.spans as Page;
}
const names = ({ nodes }: Page) => nodes.map(({ name }) => name);

describe('a conversation', () => {
  test('has the steps of its traces beside its calls, each once, and figures of an app only where no call has them', async () => {
    const { nodes } = await spans({});
    const recorded = (n: number) => [{ eventId: turnIds[n], conversationId }];
    expect(
      nodes.map(({ name, depth, inputTokens, isElsewhere, calls }) => [name, depth, inputTokens, isElsewhere, calls]),
    ).toEqual([
      ['invoke_agent planner', 0, null, false, []],
      ['chat gpt-x', 1, null, false, recorded(0)],
      ['POST', 1, null, false, recorded(0)],
      ['execute_tool gauge', 1, null, false, []],
      ['chat elsewhere', 1, 1_000, true, []],
      ['chat unrecorded', 1, null, false, [{ eventId: unrecordedId, conversationId: null }]],
      ['chat by its answer', 0, null, false, recorded(1)],
      ['think', 0, null, false, []],
    ]);
    expect(nodes[3]).toMatchObject({
      ...{
        durationMs: 5,
        status: 'error',
        errorType: 'Dry',
        attributes: [{ name: 'gen_ai.tool.name', value: 'gauge' }],
      },
    });
  });

  test('costs what it did before the steps of its agent were told', async () => {
    expect(spentBefore).toMatchObject({ usageTotals: { calls: 2 } });
    expect(await spent()).toEqual(spentBefore);
  });

  test('shows the steps between two of its calls, page by page', async () => {
    const between = { from: iso(NOON), to: iso(NOON + 10_000) };
    const wanted = ['execute_tool gauge', 'chat elsewhere', 'chat unrecorded', 'chat by its answer'];
    expect(names(await spans(between))).toEqual(wanted);
    const first = await spans({ ...between, first: 3 });
    expect([names(first), first.hasNextPage]).toEqual([wanted.slice(0, 3), true]);
    const rest = await spans({ ...between, first: 3, after: first.endCursor });
    expect([names(rest), rest.hasNextPage]).toEqual([wanted.slice(3), false]);
    expect(names(await spans({ to: iso(NOON) }))).toEqual(['invoke_agent planner', 'chat gpt-x', 'POST']);
    expect(names(await spans({ from: iso(NOON + 10_000) }))).toEqual(['think']);
  });

  test('is nobody’s of another project, and its pages are in bounds', async () => {
    expect(names(await spans({}, { as: stranger }))).toEqual([]);
    for (const [variables, code] of [
      [{ first: 501 }, 'FIRST_OUT_OF_RANGE'],
      [{ after: 'x' }, 'CURSOR_INVALID'],
      [{ from: iso(NOON), to: iso(NOON) }, 'RANGE_INVALID'],
    ] as const) {
      expect((await viewer.ask(OF_CONVERSATION, { id: conversationId, ...variables })).codes, code).toHaveLength(1);
    }
  });
});

describe('a trace', () => {
  const found = async (wanted: string, as = viewer) =>
    ((await as.ask(FIND, { id: wanted })).data as { agentTraces: { traceId: string; conversationId: string | null }[] })
      .agentTraces;

  test('without any call is found by what its agent calls the conversation, and opened with all that belongs to it', async () => {
    const traces = await found('talk-2');
    expect(traces).toMatchObject([
      { traceId: 'd'.repeat(32), name: 'goes on', spans: 1, conversationId: null },
      { traceId: 'c'.repeat(32), name: 'alone', conversation: 'talk-2' },
    ]);
    expect(names(await spans({ id: 'c'.repeat(32) }, { document: OF_TRACE }))).toEqual(['alone', 'goes on']);
    expect(await found('talk-2', stranger)).toEqual([]);
    expect(names(await spans({ id: 'c'.repeat(32) }, { document: OF_TRACE, as: stranger }))).toEqual([]);
  });

  test('is found by its id, a span’s or an answer’s, and leads to the conversation of its calls', async () => {
    expect(await found(TRACE.toUpperCase())).toMatchObject([
      { traceId: TRACE, conversationId, spans: 6, failedSpans: 1 },
    ]);
    expect(await found(id(5))).toMatchObject([{ traceId: TRACE }]);
    expect(await found('answer-2')).toMatchObject([{ traceId: OTHER_TRACE }]);
    expect(await found("no such ' id")).toEqual([]);
    expect(await found(' ')).toEqual([]);
  });
});

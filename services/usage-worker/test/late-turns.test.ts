import {
  getConversation,
  listConversations,
  listTurns,
  migrate,
  type Reader,
  reader,
  turnMessages,
  type Writer,
  writer,
} from '@weir/clickhouse';
import { newId, type TranscriptFrame, WeirError } from '@weir/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClickHouseServer, startClickHouse } from '../../../clickhouse/test/support/clickhouse-server.js';
import { eraseTurns } from '../src/transcripts/deletion/erase.js';
import { Sweep } from '../src/transcripts/late/sweep.js';
import { readTurn } from '../src/transcripts/read-turn.js';
import { TurnStore } from '../src/transcripts/turn-store.js';
import { lateWorld } from './support/late-world.js';

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

type Frames = readonly TranscriptFrame[];

/** Breaks off once, at the write of this number. */
function breaking(at: number): Writer {
  let writes = 0;
  const broken = () => {
    if (++writes === at) throw new WeirError('CLICKHOUSE_UNREACHABLE', 'broken off', { retryable: true });
  };
  return {
    ...client,
    insert: async (insert) => {
      broken();
      await client.insert(insert);
    },
    command: async (...command) => {
      broken();
      await client.command(...command);
    },
  };
}

/** A worker stores batches, one after the other; what broke off comes again. */
async function store(projectId: string, batches: readonly Frames[], breaksAt = 0): Promise<void> {
  const worker = new TurnStore(breaking(breaksAt));
  for (const batch of batches) {
    const turns = batch.map(({ head, ...bodies }) => readTurn({ head: { ...head, projectId }, ...bodies }, 'batch'));
    const { overtaken } = await worker.store(projectId, turns).catch(() => worker.store(projectId, turns));
    for (const one of overtaken) await eraseTurns(client, one);
  }
}

/** A worker looks once more at what is stored; what broke off is looked at again. */
async function sweep(breaksAt = 0): Promise<void> {
  const erase = (one: Parameters<typeof eraseTurns>[1]) => eraseTurns(client, one);
  const worker = new Sweep({ writer: breaking(breaksAt), alone: (work) => work(), erase, log: () => undefined });
  const { signal } = new AbortController();
  await worker.look(signal).catch(() => worker.look(signal));
}

const order = (projectId: string, conversationId: string) => ({
  ...{ projectId, conversationId, deletionId: newId(), orderedAt: Date.now(), isDone: false },
  ...{ appId: null, user: null, providerId: null, from: null, to: null },
});

/** What readers are told of a project; conversations that are named have another id in each project. */
async function seen(projectId: string) {
  const { nodes } = await listConversations(from, projectId, { first: 100 });
  const conversations = await Promise.all(
    // Of two that go on from the same, which one is called the fork depends on which was seen first.
    nodes.map(async ({ conversationId, usage: _usage, forks: _forks, ...conversation }) => {
      const { nodes: turns } = await listTurns(from, projectId, conversationId, { first: 500 });
      const prompts = await Promise.all(
        turns.map((key) => turnMessages(from, projectId, key, { side: 'input', first: 20 })),
      );
      return {
        name: conversation.statedId === null ? conversationId : turns[0]?.eventId,
        conversation,
        turns: alike(turns),
        prompts: prompts.map((prompt) => prompt?.messages.map(({ json }) => json)),
      };
    }),
  );
  return conversations.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
}

type Turn = Awaited<ReturnType<typeof listTurns>>['nodes'][number];

/** Of two that are the same, or go on from the same, either may have come first. */
function alike(turns: readonly Turn[]) {
  const byId = new Map(turns.map((turn) => [turn.eventId, turn]));
  const first = (turn: Turn): Turn => {
    const repeated = turn.relation === 'repeats' ? byId.get(turn.parentEventId ?? '') : undefined;
    return repeated === undefined ? turn : first(repeated);
  };
  return turns.map((turn) => {
    const { relation, parentEventId, spawnCallId, inputKnown, inferredBy } = first(turn);
    return [
      turn.eventId,
      relation === 'forks' ? 'continues' : relation,
      parentEventId,
      spawnCallId,
      inputKnown,
      inferredBy,
    ];
  });
}

/** In how many conversations rows of a project are. */
async function places(projectId: string, tables: readonly string[]) {
  const found = await Promise.all(
    tables.map((name) =>
      client.query({
        name: 'places',
        sql: `SELECT uniqExact(conversation_id) AS n FROM transcript_${name}_v1 WHERE project_id = {projectId:UUID}`,
        params: { projectId },
        row: z.object({ n: z.number() }),
      }),
    ),
  );
  return found.map(([row]) => row?.n);
}
const OF_TURNS = ['turns', 'turns_by_time'];
const ALL = [...OF_TURNS, 'links', 'wanted', 'pieces', 'messages'];

const isPlain = ({ head: { user, endpoint } }: TranscriptFrame) => user === null && endpoint === 'chat.completions';
const NOWHERE = ALL.map(() => 0);
/** More of them in `npm run test:soak`. */
const CASES = Number(process.env.WEIR_LATE_CASES ?? 1);

function split(frames: Frames, order: readonly number[], cuts: readonly number[]): Frames[] {
  const shuffled = order.map((n) => frames[n] as TranscriptFrame);
  const edges = [0, ...new Set(cuts.toSorted((a, b) => a - b)), frames.length];
  return edges.slice(1).map((edge, n) => shuffled.slice(edges[n], edge));
}

test(
  'turns are where they belong, in whatever order, batches and by however many workers they are stored',
  async () => {
    const frames = lateWorld(newId());
    const inOrder = newId();
    await store(inOrder, [frames.slice(0, 9), frames.slice(9, 17), frames.slice(17)]);
    const expected = await seen(inOrder);
    const expectedPlaces = await places(inOrder, OF_TURNS);
    const shuffles = fc.shuffledSubarray([...frames.keys()], { minLength: frames.length });
    const cuts = fc.array(fc.integer({ min: 1, max: frames.length - 1 }), { minLength: 3, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        shuffles,
        cuts,
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async (shuffled, at, together, breaks) => {
          const project = newId();
          const batches = split(frames, shuffled, at);
          const shares = together ? [0, 1].map((rest) => batches.filter((_, n) => n % 2 === rest)) : [batches];
          await Promise.all([...shares.map((share) => store(project, share, breaks)), sweep()]);
          await sweep(breaks);
          expect(await seen(project)).toEqual(expected);
          expect(await places(project, OF_TURNS)).toEqual(expectedPlaces);
          // The batch that came last comes again.
          await store(project, batches.slice(-1));
          expect(await seen(project)).toEqual(expected);
        },
      ),
      { numRuns: CASES, endOnFailure: true },
    );
  },
  120_000 * CASES,
);

test('a conversation that has become part of another one is found there, and deleted with it', async () => {
  const frames = lateWorld(newId()).filter(isPlain);
  const project = newId();
  await store(project, [frames.slice(1)]);
  const former = frames[1]?.head.eventId ?? '';
  expect(await getConversation(from, project, former)).not.toBeNull();
  await store(project, [frames.slice(0, 1)]);
  await sweep();
  expect((await seen(project)).map(({ turns }) => turns.length)).toEqual([frames.length]);
  const whole = await getConversation(from, project, former);
  expect(whole).toMatchObject({ conversationId: frames[0]?.head.eventId, turns: frames.length });
  // What was there under its own id is meant, and what went on from it.
  const began = await eraseTurns(client, order(project, former));
  expect(began.find(({ table }) => table === 'transcript_turns_v1')).toMatchObject({
    found: frames.length - 1,
    left: 0,
  });
  expect((await getConversation(from, project, former))?.turns).toBe(1);
  const all = await eraseTurns(client, order(project, whole?.conversationId ?? ''));
  expect(all.map(({ left }) => left)).toEqual(all.map(() => 0));
  expect(await places(project, ALL)).toEqual(NOWHERE);
  const masks = await client.query({
    name: 'masks',
    sql: 'SELECT count() AS n FROM system.parts WHERE database = currentDatabase() AND active AND has_lightweight_delete',
    row: z.object({ n: z.number() }),
  });
  expect(masks).toEqual([{ n: 0 }]);
  // What comes again is of what was deleted, whichever worker it comes to.
  await store(project, [frames.slice(1), frames.slice(0, 1)]);
  await sweep();
  expect(await places(project, ALL)).toEqual(NOWHERE);
}, 120_000);

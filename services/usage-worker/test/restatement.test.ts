import { eventsPage, migrate, type Writer, writer } from '@weir/clickhouse';
import {
  formatUsd,
  newId,
  type PriceBook,
  type RestatementCheckpoint,
  type RestatementDifference,
  restatementFilter,
  type UsageEvent,
} from '@weir/contracts';
import { rate } from '@weir/pricing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ClickHouseServer, startClickHouse } from '../../../clickhouse/test/support/clickhouse-server.js';
import { run } from '../src/restatement/run.js';
import { toEvent } from '../src/restatement/to-event.js';
import { priceBook, usageEventOf } from './support/batches.js';
import { type ClickHouseShim, startShim } from './support/clickhouse-shim.js';
import { audit, bookWithCorrection, Killed, perform, storeEvents, workOf } from './support/ledger.js';

const KNOWN_FROM = Date.UTC(2026, 0, 15);
const EVENTS = 60;

let server: ClickHouseServer;
let shim: ClickHouseShim;
let store: Writer;
let throughShim: Writer;
beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  shim = await startShim(url);
  store = writer(url);
  throughShim = writer(shim.url);
});
afterAll(async () => {
  await throughShim?.close();
  await store?.close();
  await shim?.stop();
  await server?.stop();
});
beforeEach(() => {
  shim.decide = () => 'pass';
});

/** Calls over three months, several in the same millisecond, some of a provider that no correction is for. */
function eventsIn(projectId: string, count = EVENTS): UsageEvent[] {
  return Array.from({ length: count }, (_, index) =>
    usageEventOf({
      projectId,
      startedAt: Date.UTC(2025, 9 + (index % 3), 1 + (index % 28), 12, 0, 0, index % 2),
      provider: index % 5 === 0 ? 'other-main' : 'openai-main',
      requestedModel: index % 7 === 0 ? 'nameless' : 'm',
      servedModel: index % 7 === 0 ? 'nameless' : 'm',
      meters: { input: 10 + index, output: 5 },
    }),
  );
}

/** What the calls cost by a price of our own making, to the last digit. */
function spendOf(events: readonly UsageEvent[], corrected: boolean): string {
  const microCents = events.reduce((sum, { provider, servedModel, meters: { input = 0, output = 0 } }) => {
    if (servedModel !== 'm') return sum;
    const [perInput, perOutput] = corrected && provider === 'openai-main' ? [3, 5] : [1, 2];
    return sum + input * perInput + output * perOutput;
  }, 0);
  return formatUsd(BigInt(microCents) * 1_000_000n);
}

async function project(count = EVENTS) {
  const projectId = newId();
  const events = eventsIn(projectId, count);
  const again = await storeEvents(store, `journal-${projectId}`, events, priceBook());
  const book = bookWithCorrection(projectId, KNOWN_FROM);
  return { projectId, events, again, book, work: workOf({ projectId }) };
}

/** Holds whatever happened, or the money is wrong. */
async function sound(projectId: string, events: number, spend: string) {
  const { rows, rollup, broken, entries } = await audit(store, projectId);
  expect(broken, 'events without exactly one standing rating').toBe(0);
  expect(rollup, 'the roll-up is the ledger').toEqual(rows);
  expect(rows).toMatchObject({ spend, rated: events });
  return entries;
}

test('the event made of a stored row rates as the event that was stored', async () => {
  const { projectId, events, book } = await project();
  const scope = { projectId, from: Date.UTC(2025, 0, 1), to: Date.UTC(2026, 0, 1) };
  const rows = await eventsPage(store, scope, { filter: {}, after: null, first: 1_000 });
  expect(rows).toHaveLength(EVENTS);
  const byId = new Map(rows.map((row) => [row.event_id, toEvent(row)]));
  for (const event of events) {
    const again = byId.get(event.eventId);
    expect(again).toEqual(event);
    expect(rate(again as UsageEvent, book)).toEqual(rate(event, book));
  }
});

test('a preview says what booking changes, to the last digit, and changes nothing itself', async () => {
  const { projectId, events, book, work } = await project();
  const preview = await perform(work, { writer: store, book, pageEvents: 7 });
  expect(await sound(projectId, EVENTS, spendOf(events, false))).toBe(EVENTS);
  const booked = await perform({ ...work, phase: 'booking' }, { writer: store, book, pageEvents: 7 });
  await sound(projectId, EVENTS, spendOf(events, true));

  const sorted = (difference: typeof preview) =>
    Object.fromEntries(
      Object.entries(difference).map(([key, value]) => [
        key,
        Array.isArray(value) ? [...value].sort((a, b) => (a.key < b.key ? -1 : 1)) : value,
      ]),
    );
  expect(sorted(booked)).toEqual(sorted(preview));
  const changed = events.filter(({ provider }) => provider === 'openai-main');
  expect(preview).toMatchObject({
    eventsSeen: EVENTS,
    eventsChanged: changed.filter(({ servedModel }) => servedModel === 'm').length,
    newlyPriced: 0,
    before: spendOf(changed, false),
    after: spendOf(changed, true),
  });
  expect(preview.byProvider.map(({ key }) => key)).toEqual(['openai-main']);
  expect(preview.byBucket.map(({ key }) => key).sort()).toEqual(['input', 'output']);
});

test('rating again as of the same known time books nothing, whatever was added to the book since', async () => {
  const { projectId, events, book, work } = await project();
  await perform({ ...work, phase: 'booking' }, { writer: store, book });
  const entries = await sound(projectId, EVENTS, spendOf(events, true));
  const [correction] = book.overrides;
  const later: PriceBook = {
    ...book,
    version: 3,
    overrides: [
      ...(correction ? [correction] : []),
      {
        ...(correction as NonNullable<typeof correction>),
        id: newId(),
        rates: { input: '9' },
        knownFrom: Date.UTC(2027, 0, 1),
      },
    ],
  };
  const again = await perform(workOf({ projectId, phase: 'booking' }), { writer: store, book: later });
  expect(again).toMatchObject({ eventsSeen: EVENTS, eventsChanged: 0, difference: '0' });
  expect(await sound(projectId, EVENTS, spendOf(events, true))).toBe(entries);
});

test('a worker killed at any moment of a booking leaves nothing undone and nothing done twice', async () => {
  let boundaries = 0;
  const whole = await project(18);
  await perform(
    { ...whole.work, phase: 'booking' },
    { writer: store, book: whole.book, pageEvents: 4, isKilled: () => boundaries++ < 0 },
  );
  const wanted = (await audit(store, whole.projectId)).entries;
  expect(boundaries).toBeGreaterThan(20);
  for (let at = 0; at < boundaries; at++) {
    const { projectId, events, book, work } = await project(18);
    let passed = 0;
    const difference = await perform(
      { ...work, phase: 'booking' },
      { writer: store, book, pageEvents: 4, isKilled: () => passed++ === at },
    );
    expect(await sound(projectId, 18, spendOf(events, true)), `killed at boundary ${at}`).toBe(wanted);
    expect(difference, `killed at boundary ${at}`).toMatchObject({ eventsSeen: 18, after: difference.after });
  }
});

test('killed again and again, it still comes to the same end', async () => {
  for (let round = 0; round < 5; round++) {
    const { projectId, events, book, work } = await project();
    let kills = 0;
    const isKilled = () => Math.random() < 0.25 && kills++ < 40;
    const preview = await perform(work, { writer: store, book, pageEvents: 4, isKilled });
    kills = 0;
    const booked = await perform({ ...work, phase: 'booking' }, { writer: store, book, pageEvents: 4, isKilled });
    await sound(projectId, EVENTS, spendOf(events, true));
    expect(booked).toMatchObject({
      eventsSeen: EVENTS,
      eventsChanged: preview.eventsChanged,
      difference: preview.difference,
    });
  }
});

test('a worker that is slow and not dead stores nothing beside the one that took its work up', async () => {
  for (let round = 0; round < 4; round++) {
    const { projectId, events, book, work } = await project();
    const workers: Promise<RestatementDifference>[] = [];
    let holder = -1;
    let checkpoint: RestatementCheckpoint | null = null;
    const takeUp = () => {
      const me = ++holder;
      const mayBeTakenUp = () => {
        if (holder === me && me < 9 && Math.random() < 0.2) takeUp();
      };
      const started = run({
        ...{ writer: store, book, work: { ...work, phase: 'booking', checkpoint }, pageEvents: 6 },
        confirm: async () => undefined,
        persist: async (step) => {
          mayBeTakenUp();
          const value = await step(false);
          mayBeTakenUp();
          return value;
        },
        report: async (_total, next) => {
          if (holder !== me) throw new Killed('the lease is lost');
          checkpoint = next;
          mayBeTakenUp();
        },
      });
      started.catch(() => undefined);
      workers.push(started);
    };
    takeUp();
    for (let index = 0; index < workers.length; index++) await workers[index]?.catch(() => undefined);
    expect(await workers.at(-1)).toMatchObject({ eventsSeen: EVENTS });
    await sound(projectId, EVENTS, spendOf(events, true));
  }
});

test('a server that loses answers and goes away in between is asked until the ledger is right', async () => {
  const { projectId, events, book, work } = await project();
  let inserts = 0;
  shim.decide = ({ table }) => {
    if (table !== 'ratings_v1') return Math.random() < 0.1 ? 'down' : 'pass';
    const fates = ['drop_reply', 'down', 252, 'pass'] as const;
    return fates[inserts++ % fates.length] ?? 'pass';
  };
  await perform({ ...work, phase: 'booking' }, { writer: throughShim, book, pageEvents: 9 });
  await sound(projectId, EVENTS, spendOf(events, true));
  expect(inserts).toBeGreaterThan(20);
});

test('a batch that the queue hands out once more does not bring the first ratings back', async () => {
  const { projectId, events, again, book, work } = await project();
  await perform({ ...work, phase: 'booking' }, { writer: store, book });
  const entries = await sound(projectId, EVENTS, spendOf(events, true));
  await again(priceBook());
  await again(book);
  expect(await sound(projectId, EVENTS, spendOf(events, true))).toBe(entries);
});

test('a call that arrives when the booking has passed is rated by the newest book, and once', async () => {
  const { projectId, events, book, work } = await project();
  const late = eventsIn(projectId, 6);
  let arrived = false;
  const booking = { ...work, phase: 'booking' as const };
  let pending: Promise<unknown> = Promise.resolve();
  await perform(booking, {
    ...{ writer: store, book, pageEvents: 8 },
    onReport: () => {
      if (!arrived) pending = storeEvents(store, `late-${projectId}`, late, book);
      arrived = true;
    },
  });
  await pending;
  await sound(projectId, EVENTS + 6, spendOf([...events, ...late], true));
});

describe('a filter', () => {
  test('leaves alone what it does not name', async () => {
    const { projectId, events, book, work } = await project();
    const filter = restatementFilter.parse({ providers: ['other-main'] });
    const nothing = await perform({ ...work, filter, phase: 'booking' }, { writer: store, book });
    expect(nothing).toMatchObject({ eventsSeen: EVENTS / 5, eventsChanged: 0 });
    const from = Date.UTC(2025, 10, 1);
    const part = await perform(workOf({ projectId, from, phase: 'booking' }), { writer: store, book, pageEvents: 3 });
    const isIn = ({ startedAt }: UsageEvent) => startedAt >= from;
    expect(part.eventsSeen).toBe(events.filter(isIn).length);
    const both = [
      spendOf(events.filter(isIn), true),
      spendOf(
        events.filter((event) => !isIn(event)),
        false,
      ),
    ];
    const total = both.reduce((sum, usd) => sum + Math.round(Number(usd) * 1e6), 0);
    await sound(projectId, EVENTS, formatUsd(BigInt(total) * 1_000_000n));
  });

  test('for what has no price rates the backlog once a price is set, and nothing else', async () => {
    const { projectId, events, book, work } = await project();
    const [correction] = book.overrides;
    const priced = {
      ...(correction as NonNullable<typeof correction>),
      id: newId(),
      model: 'nameless',
      rates: { input: '1', output: '1' },
    };
    const withPrice = { ...book, overrides: [...book.overrides, priced] };
    const filter = restatementFilter.parse({ unpricedOnly: true });
    const backlog = events.filter(
      ({ servedModel, provider }) => servedModel === 'nameless' && provider === 'openai-main',
    );
    for (const phase of ['preview', 'booking'] as const) {
      let passed = 0;
      const isKilled = () => passed++ === 7;
      const difference = await perform(
        { ...work, filter, phase },
        { writer: store, book: withPrice, pageEvents: 4, isKilled },
      );
      expect(difference).toMatchObject({
        eventsSeen: events.filter(({ servedModel }) => servedModel === 'nameless').length,
        eventsChanged: backlog.length,
        newlyPriced: backlog.length,
        before: '0',
      });
    }
    const { rows } = await audit(store, projectId);
    expect(rows.priced).toBe(events.filter(({ servedModel }) => servedModel === 'm').length + backlog.length);
  });
});

describe('a reversal', () => {
  test('makes what stood before stand again, to the last digit, killed or not', async () => {
    const { projectId, events, book, work } = await project();
    const before = await audit(store, projectId);
    const booked = await perform({ ...work, phase: 'booking' }, { writer: store, book, pageEvents: 7 });
    let kills = 0;
    const isKilled = () => Math.random() < 0.2 && kills++ < 20;
    const reversal = workOf({ projectId, reverses: work.id });
    const preview = await perform(reversal, { writer: store, book, pageEvents: 7, isKilled });
    const reversed = await perform({ ...reversal, phase: 'booking' }, { writer: store, book, pageEvents: 7, isKilled });
    const { rows, rollup, broken } = await audit(store, projectId);
    expect(broken).toBe(0);
    expect(rows).toEqual(before.rows);
    expect(rollup).toEqual(before.rollup);
    expect(reversed.difference).toBe(preview.difference);
    expect(reversed).toMatchObject({ before: booked.after, after: booked.before, restatedSince: 0 });

    const back = workOf({ projectId, reverses: reversal.id, phase: 'booking' });
    await perform(back, { writer: store, book, pageEvents: 7 });
    await sound(projectId, EVENTS, spendOf(events, true));
  });

  test('leaves alone what was rated again since, and counts it', async () => {
    const { projectId, events, book, work } = await project();
    await perform({ ...work, phase: 'booking' }, { writer: store, book });
    const [correction] = book.overrides;
    const third = {
      ...(correction as NonNullable<typeof correction>),
      rates: { input: '1', output: '2' },
      knownFrom: KNOWN_FROM,
    };
    const from = Date.UTC(2025, 11, 1);
    await perform(workOf({ projectId, from, phase: 'booking' }), {
      writer: store,
      book: { ...book, overrides: [third] },
    });
    const since = events.filter(
      ({ startedAt, provider, servedModel }) => startedAt >= from && provider === 'openai-main' && servedModel === 'm',
    );
    const reversal = workOf({ projectId, reverses: work.id, phase: 'booking' });
    const reversed = await perform(reversal, { writer: store, book, pageEvents: 5 });
    expect(since.length).toBeGreaterThan(5);
    expect(reversed).toMatchObject({ restatedSince: since.length, eventsSeen: reversed.eventsChanged + since.length });
    await sound(projectId, EVENTS, spendOf(events, false));
  });
});

import { entriesOf, eventsPage } from '@weir/clickhouse';
import { formatUsd, parseUsd, restatementFilter, type UsageEvent } from '@weir/contracts';
import { rate } from '@weir/pricing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moneyOf } from '../src/rate.js';
import { toEvent } from '../src/restatement/to-event.js';
import { priceBook } from './support/batches.js';
import { audit, corrected, perform, storeEvents, workOf } from './support/ledger.js';
import { eventsIn, isCorrected, KNOWN_FROM, openStore, type Store, spendOf } from './support/quarter.js';

const EVENTS = 30;
const LATER = KNOWN_FROM + 1_000;

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.stop());

const isNameless = ({ servedModel, provider }: UsageEvent) => servedModel === 'nameless' && provider === 'openai-main';

const sumOf = (amounts: readonly string[]) => formatUsd(amounts.reduce((sum, usd) => sum + parseUsd(usd), 0n));

test('the event made of a stored row rates as the event that was stored', async () => {
  const { projectId, events, book } = await store.quarter(EVENTS);
  const scope = { projectId, from: Date.UTC(2025, 0, 1), to: Date.UTC(2026, 0, 1) };
  const rows = await eventsPage(store.writer, scope, { filter: {}, after: null, first: 1_000 });
  expect(rows).toHaveLength(EVENTS);
  const byId = new Map(rows.map((row) => [row.event_id, toEvent(row)]));
  for (const event of events) {
    const again = byId.get(event.eventId);
    expect(again).toEqual(event);
    expect(rate(again as UsageEvent, book)).toEqual(rate(event, book));
  }
});

test('a preview says what booking changes, to the last digit, and changes nothing itself', async () => {
  const { projectId, events, book, work } = await store.quarter(EVENTS);
  const options = { writer: store.writer, book, pageEvents: 4 };
  const preview = await perform(work, options);
  expect(await store.sound(projectId, EVENTS, spendOf(events, false))).toBe(EVENTS);
  const booked = await perform({ ...work, phase: 'booking' }, options);
  await store.sound(projectId, EVENTS, spendOf(events, true));
  expect(booked).toEqual(preview);
  const changed = events.filter(isCorrected);
  expect(preview).toMatchObject({
    ...{ eventsSeen: EVENTS, eventsChanged: changed.length, newlyPriced: 0, restatedSince: 0 },
    ...{ before: spendOf(changed, false), after: spendOf(changed, true) },
  });
  expect(preview.byProvider.map(({ key }) => key)).toEqual(['openai-main']);
  expect(preview.byBucket.map(({ key }) => key).sort()).toEqual(['input', 'output']);
});

describe('rated again as of the same known time', () => {
  test('the ledger stays as it is, whatever was added to the book since', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const options = { writer: store.writer, book, pageEvents: 20 };
    await perform({ ...work, phase: 'booking' }, options);
    const entries = await store.sound(projectId, EVENTS, spendOf(events, true));
    const later = corrected(book, { projectId, knownFrom: LATER, rates: { input: '9' } });
    const same = workOf({ projectId, phase: 'booking', knownAt: LATER - 1 });
    const again = await perform(same, { ...options, book: later });
    expect(again).toMatchObject({ eventsSeen: EVENTS, eventsChanged: 0, difference: '0' });
    expect(await store.sound(projectId, EVENTS, spendOf(events, true))).toBe(entries);
  });

  test('every rating comes out as it is stored, byte for byte', async () => {
    const { projectId, book, work } = await store.quarter(EVENTS);
    const order = { ...work, phase: 'booking' as const, knownAt: LATER - 1 };
    await perform(order, { writer: store.writer, book });
    const rows = await eventsPage(store.writer, order, { filter: {}, after: null, first: 1_000 });
    const entries = await entriesOf(
      store.writer,
      order,
      rows.map(({ event_id }) => event_id),
    );
    const booked = new Map(entries.filter(({ run_id }) => run_id === order.id).map((row) => [row.event_id, row]));
    expect(booked.size).toBe((await audit(store.writer, projectId)).entries / 2 - EVENTS / 2);
    const later = corrected(book, { projectId, knownFrom: LATER, rates: { input: '9' } });
    for (const event of rows) {
      const stored = booked.get(event.event_id);
      if (!stored) continue;
      const again = moneyOf(rate(toEvent(event), later, order.knownAt), book);
      const before = JSON.stringify(Object.keys(again).map((column) => stored[column as keyof typeof again]));
      expect(JSON.stringify(Object.values(again))).toBe(before);
      expect(JSON.stringify(Object.values(moneyOf(rate(toEvent(event), later), book)))).not.toBe(before);
    }
  });
});

describe('a book that changed between preview and booking', () => {
  test('changes nothing of what is booked: prices are those of the preview', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const order = { ...work, knownAt: LATER - 1 };
    const preview = await perform(order, { writer: store.writer, book });
    const later = corrected(book, { projectId, knownFrom: LATER, rates: { input: '9', output: '9' } });
    const booked = await perform({ ...order, phase: 'booking' }, { writer: store.writer, book: later });
    expect(booked).toEqual(preview);
    await store.sound(projectId, EVENTS, spendOf(events, true));
  });

  test('leaves alone what was rated by the newer book in between, and counts it', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const order = { ...work, knownAt: LATER - 1 };
    await perform(order, { writer: store.writer, book });
    const newer = corrected(book, { projectId, knownFrom: LATER, rates: { input: '7', output: '11' } });
    const late = eventsIn(projectId, 10);
    await storeEvents(store.writer, `late-${projectId}`, late, newer);
    const december = workOf({ projectId, from: Date.UTC(2025, 11, 1), phase: 'booking', knownAt: LATER });
    await perform(december, { writer: store.writer, book: newer });
    const booked = await perform({ ...order, phase: 'booking' }, { writer: store.writer, book: newer });
    const isNewer = (event: UsageEvent) => late.includes(event) || event.startedAt >= december.from;
    const all = [...events, ...late];
    // Every rating of a batch bears the newest change that its book knew, whether or not it changed this one.
    const leftAlone = events.filter((event) => event.startedAt >= december.from && isCorrected(event));
    expect(booked).toMatchObject({ eventsSeen: EVENTS + 10, restatedSince: late.length + leftAlone.length });
    const parts = [
      ...[
        spendOf(all.filter(isNewer), true, [7, 11]),
        spendOf(
          all.filter((event) => !isNewer(event)),
          true,
        ),
      ],
    ];
    const { rows } = await audit(store.writer, projectId);
    expect(rows.spend).toBe(sumOf(parts));
    await store.sound(projectId, EVENTS + 10, rows.spend);
  });
});

test('a batch that the queue hands out once more does not bring the first ratings back', async () => {
  const { projectId, events, again, book, work } = await store.quarter(EVENTS);
  await perform({ ...work, phase: 'booking' }, { writer: store.writer, book });
  const entries = await store.sound(projectId, EVENTS, spendOf(events, true));
  await again(priceBook());
  await again(book);
  expect(await store.sound(projectId, EVENTS, spendOf(events, true))).toBe(entries);
});

test('a call that arrives when the booking has passed is rated by the newest book, and once', async () => {
  const { projectId, events, book, work } = await store.quarter(EVENTS);
  const late = eventsIn(projectId, 6);
  let pending: Promise<unknown> | undefined;
  await perform(
    { ...work, phase: 'booking' },
    {
      ...{ writer: store.writer, book, pageEvents: 8 },
      onReport: () => {
        pending ??= storeEvents(store.writer, `late-${projectId}`, late, book);
      },
    },
  );
  await pending;
  await store.sound(projectId, EVENTS + 6, spendOf([...events, ...late], true));
});

describe('a filter', () => {
  test('leaves alone what it does not name', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const filter = restatementFilter.parse({ providers: ['other-main'] });
    const nothing = await perform({ ...work, filter, phase: 'booking' }, { writer: store.writer, book });
    expect(nothing).toMatchObject({ eventsSeen: EVENTS / 5, eventsChanged: 0 });
    const from = Date.UTC(2025, 10, 1);
    const part = await perform(workOf({ projectId, from, phase: 'booking' }), { writer: store.writer, book });
    const inRange = events.filter(({ startedAt }) => startedAt >= from);
    const before = events.filter(({ startedAt }) => startedAt < from);
    expect(part.eventsSeen).toBe(inRange.length);
    await store.sound(projectId, EVENTS, sumOf([spendOf(inRange, true), spendOf(before, false)]));
  });

  test('for what has no price rates the backlog once a price is set, and nothing else', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const rates = { input: '1', output: '1' };
    const priced = corrected(book, { projectId, knownFrom: LATER, rates, model: 'nameless' });
    const filter = restatementFilter.parse({ unpricedOnly: true });
    const backlog = events.filter(isNameless);
    for (const phase of ['preview', 'booking'] as const) {
      let passed = 0;
      const isKilled = () => passed++ === 7;
      const order = { ...work, filter, phase };
      const difference = await perform(order, { writer: store.writer, book: priced, pageEvents: 4, isKilled });
      expect(difference).toMatchObject({
        eventsSeen: events.filter(({ servedModel }) => servedModel === 'nameless').length,
        ...{ eventsChanged: backlog.length, newlyPriced: backlog.length, before: '0' },
      });
    }
    const { rows } = await audit(store.writer, projectId);
    expect(rows.priced).toBe(events.filter(({ servedModel }) => servedModel === 'm').length + backlog.length);
  });
});

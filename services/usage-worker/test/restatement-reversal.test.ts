import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit, corrected, perform, workOf } from './support/ledger.js';
import { isCorrected, KNOWN_FROM, openStore, type Store, spendOf } from './support/quarter.js';

const EVENTS = 24;
const LATER = KNOWN_FROM + 1_000;
const DECEMBER = Date.UTC(2025, 11, 1);

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.stop());

describe('a reversal', () => {
  test('makes what stood before stand again, to the last digit, killed or not', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const options = { writer: store.writer, book, pageEvents: 5 };
    const before = await audit(store.writer, projectId);
    const booked = await perform({ ...work, phase: 'booking' }, options);
    let kills = 0;
    const isKilled = () => Math.random() < 0.2 && kills++ < 10;
    const reversal = workOf({ projectId, reverses: work.id });
    const preview = await perform(reversal, { ...options, isKilled });
    expect((await audit(store.writer, projectId)).rows.spend).toBe(spendOf(events, true));
    const reversed = await perform({ ...reversal, phase: 'booking' }, { ...options, isKilled });
    const { rows, rollup, lines, broken } = await audit(store.writer, projectId);
    expect({ rows, rollup, lines, broken }).toEqual({
      ...{ rows: before.rows, rollup: before.rollup, lines: before.lines, broken: 0 },
    });
    expect(reversed.difference).toBe(preview.difference);
    expect(reversed).toMatchObject({ before: booked.after, after: booked.before, restatedSince: 0 });

    const undone = { [reversal.id]: work.id };
    const back = workOf({ projectId, reverses: reversal.id, undone, phase: 'booking' });
    await perform(back, options);
    await store.sound(projectId, EVENTS, spendOf(events, true));
  });

  test('of one restatement after the other, the newest first, ends where it all began', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const before = await audit(store.writer, projectId);
    const options = { writer: store.writer, book, pageEvents: 9 };
    await perform({ ...work, phase: 'booking' }, options);
    const dearer = corrected(book, { projectId, knownFrom: LATER, rates: { input: '7', output: '11' } });
    const second = workOf({ projectId, phase: 'booking' });
    await perform(second, { ...options, book: dearer });
    await store.sound(projectId, EVENTS, spendOf(events, true, [7, 11]));

    const undoSecond = workOf({ projectId, reverses: second.id, phase: 'booking' });
    await perform(undoSecond, options);
    await store.sound(projectId, EVENTS, spendOf(events, true));
    const undone = { [undoSecond.id]: second.id };
    const undoFirst = workOf({ projectId, reverses: work.id, undone, phase: 'booking' });
    expect(await perform(undoFirst, options)).toMatchObject({ restatedSince: 0 });
    await store.sound(projectId, EVENTS, spendOf(events, false));
    expect((await audit(store.writer, projectId)).lines).toEqual(before.lines);
  });

  test('leaves alone what was rated again since, and counts it', async () => {
    const { projectId, events, book, work } = await store.quarter(EVENTS);
    const options = { writer: store.writer, pageEvents: 5 };
    await perform({ ...work, phase: 'booking' }, { ...options, book });
    const asOnceWas = corrected(book, { projectId, knownFrom: LATER, rates: { input: '1', output: '2' } });
    const later = workOf({ projectId, from: DECEMBER, phase: 'booking' });
    await perform(later, { ...options, book: asOnceWas });
    const since = events.filter((event) => event.startedAt >= DECEMBER && isCorrected(event));
    const reversal = workOf({ projectId, reverses: work.id, phase: 'booking' });
    const reversed = await perform(reversal, { ...options, book });
    expect(since.length).toBeGreaterThan(2);
    expect(reversed).toMatchObject({ restatedSince: since.length, eventsSeen: reversed.eventsChanged + since.length });
    await store.sound(projectId, EVENTS, spendOf(events, false));
  });
});

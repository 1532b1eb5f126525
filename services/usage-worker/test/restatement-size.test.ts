import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { formatUsd, newId, parseUsd } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { priceBook } from './support/batches.js';
import { bookWithCorrection, perform, storeEvents, workOf } from './support/ledger.js';
import { eventsIn, isCorrected, KNOWN_FROM, openStore, type Store, spendOf } from './support/quarter.js';

const EVENTS = 40_000;
const BATCH = 2_000;
/** The whole range takes some 100 MiB at once, a page about 10. */
const PAGES_MIB = 25;

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.stop());

/** What is still in use after everything else was collected. */
function liveMib(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('ever so many calls are previewed and booked in the memory of a page', { timeout: 600_000 }, async () => {
  const projectId = newId();
  let [before, after] = [0n, 0n];
  let changed = 0;
  for (let from = 0; from < EVENTS; from += BATCH) {
    const events = eventsIn(projectId, BATCH);
    await storeEvents(store.writer, `journal-${projectId}-${from}`, events, priceBook());
    before += parseUsd(spendOf(events, false));
    after += parseUsd(spendOf(events, true));
    changed += events.filter(isCorrected).length;
  }
  const atFirst = liveMib();
  const live: number[] = [];
  const options = {
    ...{ writer: store.writer, book: bookWithCorrection(projectId, KNOWN_FROM) },
    onReport: () => live.push(liveMib() - atFirst),
  };
  const preview = await perform(workOf({ projectId }), options);
  expect(preview).toMatchObject({
    ...{ eventsSeen: EVENTS, eventsChanged: changed, difference: formatUsd(after - before) },
  });
  const booked = await perform(workOf({ projectId, phase: 'booking' }), options);
  expect(booked).toEqual(preview);
  await store.sound(projectId, EVENTS, formatUsd(after));
  expect(live.length).toBeGreaterThan(20);
  expect(Math.max(...live)).toBeLessThan(PAGES_MIB);
});

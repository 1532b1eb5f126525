import { DOOR, type PriceBook } from '@weir/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Orders } from '../src/restatement/orders.js';
import { Restater } from '../src/restatement/restater.js';
import { audit } from './support/ledger.js';
import { type OrdersDoor, startOrdersDoor } from './support/orders-door.js';
import { openStore, type Quarter, type Store, spendOf } from './support/quarter.js';

const EVENTS = 12;
const PATIENCE = { timeout: 30_000, interval: 20 };
const UNKNOWN_TABLE = 60;

let store: Store;
let door: OrdersDoor;
let restater: Restater | null = null;
const logged: string[] = [];

beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.stop());
beforeEach(async () => {
  store.shim.decide = () => 'pass';
  logged.length = 0;
  door = await startOrdersDoor();
});
afterEach(async () => {
  await restater?.stop();
  restater = null;
  await door.stop();
});

function start(book: PriceBook): void {
  restater = new Restater({
    orders: new Orders(door.url, door.token),
    writer: store.throughShim,
    bookOfAtLeast: async () => book,
    log: (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
  });
  restater.start();
}

const booking = ({ work }: Quarter) => ({ ...work, phase: 'booking' as const });
const of = (path: string) => door.taken.filter((told) => told.path === path);
const endOf = (path: string) => expect.poll(() => of(path).length, PATIENCE).toBe(1);

test('a booking is done, told page by page, and told once at its end', async () => {
  const quarter = await store.quarter(EVENTS);
  door.order = booking(quarter);
  start(quarter.book);
  await endOf(DOOR.restatementResult);
  await store.sound(quarter.projectId, EVENTS, spendOf(quarter.events, true));
  const { id, lease } = quarter.work;
  expect(of(DOOR.restatementResult)[0]?.body).toMatchObject({ id, lease, difference: { eventsSeen: EVENTS } });
  expect(of(DOOR.restatementProgress).at(-1)?.body).toMatchObject({ id, lease, done: EVENTS, total: EVENTS });
});

test('a door that is shut meanwhile changes nothing: the end is told when it opens', async () => {
  const quarter = await store.quarter(EVENTS);
  let refusals = 0;
  door.answer = () => (refusals++ < 6 ? 'shut' : 204);
  door.order = booking(quarter);
  start(quarter.book);
  await endOf(DOOR.restatementResult);
  await store.sound(quarter.projectId, EVENTS, spendOf(quarter.events, true));
});

test('whoever lost the work stores no further page and tells no end', async () => {
  const quarter = await store.quarter(EVENTS);
  door.answer = () => 409;
  door.order = booking(quarter);
  start(quarter.book);
  await expect.poll(() => logged.join('\n'), PATIENCE).toContain('LEASE_LOST');
  // Of three months the first was stored before it could know.
  const { entries } = await audit(store.writer, quarter.projectId);
  const october = quarter.events.filter(({ startedAt }) => startedAt < Date.UTC(2025, 10, 1));
  expect(entries).toBeLessThanOrEqual(EVENTS + 2 * october.length);
  expect(door.taken).toEqual([]);
});

test('what will not pass by itself is told in words', async () => {
  const quarter = await store.quarter(EVENTS);
  store.shim.decide = ({ table }) => (table === 'ratings_v1' ? UNKNOWN_TABLE : 'pass');
  door.order = booking(quarter);
  start(quarter.book);
  await endOf(DOOR.restatementFailure);
  expect(of(DOOR.restatementFailure)[0]?.body.problem).toMatch(/ClickHouse answered 60/);
  await store.sound(quarter.projectId, EVENTS, spendOf(quarter.events, false));
});

test('a report that the door cannot read ends the work, and is told', async () => {
  const quarter = await store.quarter(EVENTS);
  door.answer = ({ path }) => (path === DOOR.restatementResult ? 413 : 204);
  door.order = booking(quarter);
  start(quarter.book);
  await endOf(DOOR.restatementFailure);
  expect(of(DOOR.restatementFailure)[0]?.body.problem).toContain('413');
  await store.sound(quarter.projectId, EVENTS, spendOf(quarter.events, true));
});

test('a worker that stops leaves its work to the next', async () => {
  const quarter = await store.quarter(EVENTS);
  store.shim.decide = ({ table }) => (table === 'ratings_v1' ? 'down' : 'pass');
  door.order = booking(quarter);
  start(quarter.book);
  await expect.poll(() => logged.join('\n'), PATIENCE).toContain('CLICKHOUSE_UNREACHABLE');
  await restater?.stop();
  expect(of(DOOR.restatementFailure)).toEqual([]);
  store.shim.decide = () => 'pass';
  door.order = booking(quarter);
  start(quarter.book);
  await endOf(DOOR.restatementResult);
  await store.sound(quarter.projectId, EVENTS, spendOf(quarter.events, true));
});

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPriceBook } from '@weir/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Door } from '../src/price-book/door.js';
import { PriceBookFile } from '../src/price-book/file.js';
import { PriceBookSubscription } from '../src/price-book/subscription.js';
import { priceBook } from './support/batches.js';
import { startDoor, type TestDoor } from './support/door.js';

let home: string;
let door: TestDoor;
const logged: string[] = [];
const open: PriceBookSubscription[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'weir-book-'));
  door = await startDoor(priceBook(3));
  logged.length = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.stop()));
  await door.stop();
  await rm(home, { recursive: true, force: true });
});

function subscribe(pollMs = 60_000, token = door.token): PriceBookSubscription {
  const subscription = new PriceBookSubscription({
    door: new Door(door.url, token),
    file: new PriceBookFile(home),
    log: (level, message) => logged.push(`${level} ${message}`),
    pollMs,
    retryMs: 20,
  });
  open.push(subscription);
  return subscription;
}

const copy = () => join(home, 'worker', 'price-book.json');

test('the first book comes by the door and is kept, readable by its owner only', async () => {
  const subscription = subscribe();
  await subscription.start();
  expect(subscription.current?.version).toBe(3);
  await expect.poll(() => readFile(copy(), 'utf8').catch(() => '')).toBe(JSON.stringify(priceBook(3)));
  expect((await stat(copy())).mode & 0o777).toBe(0o600);
  expect((await stat(join(home, 'worker'))).mode & 0o777).toBe(0o700);
});

test('a worker starts from its copy while the control plane is away', async () => {
  await subscribe().start();
  await expect.poll(() => stat(copy()).catch(() => null)).not.toBeNull();
  door.shut();
  const later = subscribe();
  await later.start();
  expect(later.current?.version).toBe(3);
});

test('without a book and without a door it waits, and goes on when the door opens', async () => {
  door.shut();
  const subscription = subscribe();
  const started = subscription.start();
  await expect.poll(() => logged.join()).toContain('the control plane does not answer');
  expect(subscription.current).toBeNull();
  door.open();
  await started;
  expect(subscription.current?.version).toBe(3);
});

test('a new book is in force on notice, long before the next look', async () => {
  const subscription = subscribe();
  await subscription.start();
  await expect.poll(() => door.answered.length).toBeGreaterThan(0);
  door.publish(JSON.stringify(priceBook(4)), 4);
  await expect.poll(() => subscription.current?.version, { timeout: 10_000 }).toBe(4);
});

test('a new book that nobody announced is found by looking, and an unchanged one costs no transfer', async () => {
  const subscription = subscribe(30);
  await subscription.start();
  await expect.poll(() => door.answered.filter((status) => status === 304).length).toBeGreaterThan(2);
  door.publish(JSON.stringify(priceBook(5)), 5, true);
  await expect.poll(() => subscription.current?.version).toBe(5);
  expect(door.answered.filter((status) => status === 200)).toHaveLength(2);
});

test.each([
  ['no JSON', 'not json'],
  ['another shape', JSON.stringify({ ...priceBook(9), versions: 'none' })],
  ['a rate with too many places', JSON.stringify(priceBook(9, '0.00000001'))],
  ['an older version', JSON.stringify(priceBook(2))],
])('a bad book changes nothing: %s', async (_, text) => {
  const subscription = subscribe(20);
  await subscription.start();
  await expect.poll(() => stat(copy()).catch(() => null)).not.toBeNull();
  door.publish(text, 9);
  const answers = door.answered.length;
  await expect.poll(() => door.answered.length).toBeGreaterThan(answers + 2);
  expect(subscription.current?.version).toBe(3);
  expect(await readFile(copy(), 'utf8')).toBe(JSON.stringify(priceBook(3)));
});

test('a damaged copy is not used', async () => {
  await subscribe().start();
  await expect.poll(() => stat(copy()).catch(() => null)).not.toBeNull();
  await writeFile(copy(), '{"format":1,');
  const later = subscribe();
  await later.start();
  expect(later.current?.version).toBe(3);
  await expect.poll(() => readFile(copy(), 'utf8')).toBe(JSON.stringify(priceBook(3)));
});

test('a door that refuses the token is reported without it', async () => {
  const subscription = subscribe(60_000, 'a-wrong-token');
  const started = subscription.start();
  started.catch(() => undefined);
  await expect.poll(() => logged.join()).toContain('the control plane answered 401');
  expect(logged.join()).not.toContain('a-wrong-token');
  await subscription.stop();
  await expect(started).rejects.toMatchObject({ code: 'STOPPED' });
});

test('a book in packed form is read as what was packed', async () => {
  const subscription = subscribe();
  await subscription.start();
  door.publish(JSON.stringify(packPriceBook(priceBook(4))), 4);
  await expect.poll(() => subscription.current?.version).toBe(4);
  expect(subscription.current).toEqual(priceBook(4));
  door.publish(JSON.stringify({ ...packPriceBook(priceBook(5)), pool: [] }), 5);
  await expect.poll(() => logged.join()).toContain('refers to entries it does not hold');
  expect(subscription.current?.version).toBe(4);
});

test('for a call that began after the last look there is another look, for an earlier one there is none', async () => {
  const subscription = subscribe();
  await subscription.start();
  await expect.poll(() => door.answered.length).toBeGreaterThan(0);
  door.publish(JSON.stringify(priceBook(4)), 4, true);
  expect((await subscription.asOf(Date.now() - 60_000))?.version).toBe(3);
  expect((await subscription.asOf(Date.now()))?.version).toBe(4);
  const looks = door.answered.length;
  await Promise.all(Array.from({ length: 20 }, () => subscription.asOf(Date.now() - 60_000)));
  expect(door.answered.length).toBe(looks);
});

test('while the door is shut the book in hand is given, without waiting for each call', async () => {
  const subscription = subscribe();
  await subscription.start();
  await expect.poll(() => door.answered.length).toBeGreaterThan(0);
  door.shut();
  expect((await subscription.asOf(Date.now()))?.version).toBe(3);
  await expect.poll(() => logged.join()).toContain('the control plane does not answer');
  expect((await subscription.asOf(Date.now()))?.version).toBe(3);
});

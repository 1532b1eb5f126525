import {
  migrate,
  type Reader,
  ratingLine,
  reader,
  totalReceipt,
  usageTotals,
  type Writer,
  writer,
} from '@weir/clickhouse';
import { newId, type PriceBook, parseUsd, restatementFilter, type UsageEvent } from '@weir/contracts';
import { rate } from '@weir/pricing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClickHouseServer, startClickHouse } from '../../../clickhouse/test/support/clickhouse-server.js';
import { perform, storeEvents, workOf } from './support/ledger.js';
import { APPS, bookOfEverything, PROVIDER_NAMES, randomCall, randomOf } from './support/random-calls.js';

/** `npm run money` asks for a million. */
const EVENTS = Number(process.env.WEIR_TEST_MONEY_EVENTS ?? 50_000);
const SEED = Number(process.env.WEIR_TEST_MONEY_SEED ?? 1);
const BATCH_EVENTS = 2_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Over the turn of a month and of a quarter. */
const FROM = Date.UTC(2026, 8, 11);
const DAYS = 40;
const TO = FROM + DAYS * DAY_MS;
const PATIENCE_MS = 60_000 + EVENTS * 5;

let server: ClickHouseServer;
let write: Writer;
let read: Reader;
const projectId = newId();
const book = bookOfEverything(projectId, FROM, DAYS);

/** What each call comes to by our own arithmetic: in 10^-12 USD, and whether that is known. */
interface Expected {
  readonly startedAt: number;
  readonly provider: number;
  readonly app: number;
  readonly event: UsageEvent | null;
  pico: bigint;
  isPriced: boolean;
}
const calls: Expected[] = [];
const statuses = new Map<string, number>();

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  write = writer(url);
  read = reader(url);
  const random = randomOf(SEED);
  for (let stored = 0; stored < EVENTS; stored += BATCH_EVENTS) {
    const size = Math.min(BATCH_EVENTS, EVENTS - stored);
    const batch = Array.from({ length: size }, (_, index) => {
      // Late ones mix the batches of neighbouring hours.
      const late = Math.floor(random() * 6 * HOUR_MS);
      const at = FROM + Math.floor(((stored + index) / EVENTS) * (DAYS * DAY_MS - 6 * HOUR_MS)) + late;
      return randomCall(random, projectId, at);
    });
    for (const event of batch) calls.push(expectedOf(event, book));
    await storeEvents(write, `batch-${stored}`, batch, book);
  }
}, PATIENCE_MS);
afterAll(async () => {
  await Promise.all([write?.close(), read?.close()]);
  await server?.stop();
});

type Line = z.output<typeof ratingLine>;

/** `2.5` -> 2500000n: a rate has at most 6 places. Its product with a quantity is in 10^-12 USD. */
function micro(perMillion: string): bigint {
  const [whole = '', places = ''] = perMillion.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(places.padEnd(6, '0'));
}

function picoOf({ bucket, quantity, usdPerMillion, amount }: Line): bigint {
  if (bucket === 'stated_cost') return parseUsd(amount ?? '');
  return BigInt(quantity) * micro(usdPerMillion ?? '');
}

function expectedOf(event: UsageEvent, by: PriceBook): Expected {
  const { status, total, lines } = rate(event, by);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const { startedAt } = event;
  const [provider, app] = [PROVIDER_NAMES.indexOf(event.provider as never), APPS.indexOf(event.app as never)];
  const pico = total === null ? 0n : lines.reduce((sum, line) => sum + picoOf(line as Line), 0n);
  // Only those that are restated below are needed again.
  const isKept = event.provider === 'own-servers' && startedAt < RESTATED_TO;
  return { startedAt, provider, app, event: isKept ? event : null, pico, isPriced: total !== null };
}

const picoSum = (of: readonly Expected[]) => of.reduce((sum, { pico }) => sum + pico, 0n);

const entry = z.object({ sign: z.number(), total: z.string().nullable(), lines: z.string() });

/** Every receipt as it is stored, added up line by line. */
async function sumOfReceipts(): Promise<{ pico: bigint; entries: number }> {
  let pico = 0n;
  let entries = 0;
  for (let from = FROM; from < TO; from += 12 * HOUR_MS) {
    const rows = await write.query({
      name: 'receipts',
      sql: `SELECT sign, toString(total) AS total, lines FROM ratings_v1 WHERE project_id = {projectId:UUID}
        AND started_at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND started_at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
      params: { projectId, from, to: from + 12 * HOUR_MS },
      row: entry,
    });
    for (const { sign, total, lines } of rows) {
      entries++;
      if (total === null) continue;
      let own = 0n;
      for (const line of z.array(ratingLine).parse(JSON.parse(lines))) {
        const amount = picoOf(line);
        if (parseUsd(line.amount ?? '') !== amount) throw new Error(`not quantity x rate: ${lines}`);
        own += amount;
      }
      if (parseUsd(total) !== BigInt(sign) * own) throw new Error(`lines are not ${total}: ${lines}`);
      pico += BigInt(sign) * own;
    }
  }
  return { pico, entries };
}

/** A total, the lines of its receipt and what is known of the calls, over a range and a filter. */
async function expectExact(from: number, to: number, provider: number | null, app: number | null, first = 500) {
  const filter = {
    providers: provider === null ? undefined : [PROVIDER_NAMES[provider] as string],
    apps: app === null ? undefined : [APPS[app] as string],
  };
  const mine = calls.filter(
    (call) =>
      call.startedAt >= from &&
      call.startedAt < to &&
      (provider === null || call.provider === provider) &&
      (app === null || call.app === app),
  );
  const { totals, lines, otherAmount, agrees } = await totalReceipt(read, { projectId, from, to }, { filter, first });
  expect(agrees).toBe(true);
  const spend = parseUsd(totals.spend);
  expect(spend).toBe(picoSum(mine));
  let shown = parseUsd(otherAmount);
  for (const { bucket, quantity, usdPerMillion, amount } of lines) {
    if (amount === null) continue;
    shown += parseUsd(amount);
    if (usdPerMillion !== null) expect(parseUsd(amount), bucket).toBe(quantity * micro(usdPerMillion));
  }
  expect(shown).toBe(spend);
  const { spendInput, spendCachedInput, spendCacheWrite, spendOutput, spendReasoning, spendToolUse, spendOther } =
    totals;
  const parts = [spendInput, spendCachedInput, spendCacheWrite, spendOutput, spendReasoning, spendToolUse, spendOther];
  expect(parts.reduce((sum, part) => sum + parseUsd(part), 0n)).toBe(spend);
  expect(totals.attempts).toBe(mine.length);
  expect(totals.unpricedCalls).toBe(mine.filter(({ isPriced }) => !isPriced).length);
  return totals;
}

/** Ranges cut anywhere, within an hour and over months, with and without a filter. */
async function expectExactAnywhere(times: number): Promise<void> {
  const random = randomOf(SEED + 1);
  const maybe = (count: number) => (random() < 0.5 ? null : Math.floor(random() * count));
  for (let time = 0; time < times; time++) {
    const start = FROM + Math.floor(random() * (TO - FROM));
    const length = 1 + Math.floor(random() ** 4 * (TO - FROM));
    await expectExact(
      ...([start, start + length, maybe(PROVIDER_NAMES.length), maybe(APPS.length)] as const),
      1 + Math.floor(random() * 500),
    );
  }
}

test('every kind of rating is among them', () => {
  expect([...statuses.keys()].sort()).toEqual(['computed', 'estimated', 'free', 'reported', 'unpriced']);
  for (const count of statuses.values()) expect(count).toBeGreaterThan(EVENTS / 1_000);
});

test(
  'the receipts of all calls add up to the roll-up, to the last digit',
  async () => {
    const { pico, entries } = await sumOfReceipts();
    const { spend } = await usageTotals(read, { projectId, from: FROM, to: TO });
    expect([pico, parseUsd(spend), entries]).toEqual([picoSum(calls), picoSum(calls), EVENTS]);
    expect(pico % 1_000_000n).not.toBe(0n);
    await expectExact(FROM, TO, null, null);
  },
  PATIENCE_MS,
);

test('so does the receipt of any total, wherever its range is cut and whatever it is narrowed to', async () => {
  await expectExactAnywhere(40);
}, 300_000);

const RESTATED_TO = FROM + 3 * DAY_MS;

test(
  'and after calls were restated',
  async () => {
    const corrected = {
      ...book,
      version: 2,
      overrides: book.overrides.map((one) => ({ ...one, rates: { input: '0.777777', output: '3.1' } })),
    };
    const filter = restatementFilter.parse({ providers: ['own-servers'] });
    const work = workOf({ projectId, from: FROM, to: RESTATED_TO, filter, phase: 'booking', knownAt: TO });
    const booked = await perform(work, { writer: write, book: corrected, pageEvents: 1_000 });
    for (const call of calls) {
      if (!call.event) continue;
      const { pico, isPriced } = expectedOf(call.event, corrected);
      Object.assign(call, { pico, isPriced });
    }
    const { pico, entries } = await sumOfReceipts();
    expect(pico).toBe(picoSum(calls));
    expect(booked.eventsChanged).toBeGreaterThan(EVENTS / 500);
    expect(entries).toBe(EVENTS + 2 * booked.eventsChanged);
    await expectExact(FROM, TO, null, null);
    await expectExact(FROM + 1, RESTATED_TO + HOUR_MS / 2, PROVIDER_NAMES.indexOf('own-servers'), null);
    await expectExactAnywhere(10);
  },
  PATIENCE_MS,
);

test('one line that is a millionth of a millionth of a dollar off is noticed, and nothing else is', async () => {
  const scope = { projectId, from: FROM, to: TO };
  const forge = (table: string, column: string, amount: string) =>
    write.command(
      'forge',
      `INSERT INTO ${table} (project_id, hour, provider, bucket, ${column})
        SELECT '${projectId}', toDateTime(${FROM / 1_000}, 'UTC'), 'openai-main', 'input', toDecimal128('${amount}', 12)`.replace(
        table === 'usage_per_hour_v1' ? /, bucket|, 'input'/g : '',
        '',
      ),
    );
  const agrees = async (over: Partial<typeof scope> = {}) =>
    (await totalReceipt(read, { ...scope, ...over }, { first: 10 })).agrees;
  for (const [table, column] of [
    ['rating_lines_per_hour_v1', 'amount'],
    ['usage_per_hour_v1', 'spend'],
  ] as const) {
    await forge(table, column, '0.000000000001');
    expect(await agrees(), table).toBe(false);
    expect(await agrees({ from: FROM + HOUR_MS })).toBe(true);
    await forge(table, column, '-0.000000000001');
    expect(await agrees(), table).toBe(true);
  }
});

import { newId } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  migrate,
  type Reader,
  ratingsTable,
  reader,
  usageBreakdown,
  usageEventsTable,
  usageOverTime,
  usageQuality,
  usageTotals,
  type Writer,
  writer,
} from '../src/index.js';
import { askWithin } from '../src/queries/cost-guard.js';
import { usageRows } from '../src/queries/rollup.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow } from './support/rows.js';

const DAY = 86_400_000;
const START = Date.UTC(2026, 6, 1);
const projectId = newId();
const ninetyDays = { projectId, from: START, to: START + 90 * DAY };

let server: ClickHouseServer;
let write: Writer;
let read: Reader;

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  write = writer(url);
  read = reader(url);
  const events = Array.from({ length: 90 * 24 }, (_, hour) =>
    eventRow(projectId, START + hour * 3_600_000 + 1_800_000),
  );
  await usageEventsTable(write).insert(events, 'events');
  await ratingsTable(write).insert(
    events.map((event) => ratingRow(event, '0.001')),
    'ratings',
  );
});
afterAll(async () => {
  await Promise.all([write.close(), read.close()]);
  await server.stop();
});

/** Asks, and tells which tables were read: what the index leaves to read of each, for every statement that was sent. */
async function readBy(ask: (reader: Reader) => Promise<unknown>): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  const listening: Reader = {
    ...read,
    async query(query) {
      if (!query.sql.startsWith('EXPLAIN')) {
        const found = await read.query({
          ...query,
          sql: `EXPLAIN ESTIMATE ${query.sql}`,
          row: z.object({ table: z.string(), rows: z.number() }),
        });
        for (const one of found) rows[one.table] = (rows[one.table] ?? 0) + one.rows;
      }
      return read.query(query);
    },
  };
  await ask(listening);
  return rows;
}

test('90 days by provider, and their quality, are read from the smallest sums alone', async () => {
  const options = { interval: 'day', groupBy: 'provider', top: 12 } as const;
  expect(Object.keys(await readBy((from) => usageOverTime(from, ninetyDays, options)))).toEqual([
    'provider_usage_per_day_v1',
  ]);
  expect(Object.keys(await readBy((from) => usageQuality(from, ninetyDays, { interval: 'day' })))).toEqual([
    'provider_usage_per_day_v1',
  ]);
});

test('a split or filter by user, agent or tag reads the sums that have them, and totals still the smallest', async () => {
  for (const groupBy of ['user', 'agent'] as const) {
    const options = { interval: 'month', groupBy, top: 12 } as const;
    const tables = await readBy((from) => usageOverTime(from, ninetyDays, options));
    expect(Object.keys(tables).sort()).toEqual(['provider_usage_per_day_v1', 'split_usage_per_day_v1']);
    const breakdown = { groupBy, first: 10 } as const;
    expect(Object.keys(await readBy((from) => usageBreakdown(from, ninetyDays, breakdown)))).toEqual([
      'split_usage_per_day_v1',
    ]);
  }
  const tags = [{ key: 'team', values: ['a', ''] }];
  expect(Object.keys(await readBy((from) => usageTotals(from, ninetyDays, { tags })))).toEqual([
    'split_usage_per_day_v1',
  ]);
});

test('a question about users and labels at once reads the sums that have both', async () => {
  const filter = { tags: [{ key: 'team', values: ['a', ''] }] };
  const byUser = { groupBy: 'user', first: 10, filter } as const;
  expect(Object.keys(await readBy((from) => usageBreakdown(from, ninetyDays, byUser)))).toEqual(['usage_per_day_v1']);
  const both = { users: ['ann', ''], agents: [''] };
  expect(Object.keys(await readBy((from) => usageTotals(from, ninetyDays, both)))).toEqual(['usage_per_day_v1']);
});

test('hours are read where buckets cut days, and single rows where they cut hours', async () => {
  const byHour = { interval: 'hour', groupBy: 'provider', top: 5 } as const;
  const berlin = { interval: 'month', groupBy: 'model', timeZone: 'Europe/Berlin', top: 5 } as const;
  const india = { ...berlin, timeZone: 'Asia/Kolkata' } as const;
  const week = { ...ninetyDays, to: START + 7 * DAY };
  expect(Object.keys(await readBy((from) => usageOverTime(from, week, byHour))).sort()).toEqual([
    'provider_usage_per_day_v1',
    'provider_usage_per_hour_v1',
  ]);
  const months = await readBy((from) => usageOverTime(from, ninetyDays, berlin));
  expect(Object.keys(months).sort()).toEqual(['provider_usage_per_day_v1', 'provider_usage_per_hour_v1']);
  const cut = await readBy((from) => usageOverTime(from, ninetyDays, india));
  expect(Object.keys(cut).sort()).toEqual([
    'provider_usage_per_day_v1',
    'provider_usage_per_hour_v1',
    'ratings_v1',
    'usage_events_v1',
  ]);
  const breakdown = { groupBy: 'provider', first: 5 } as const;
  const off = { ...ninetyDays, from: START + 1 };
  expect(Object.keys(await readBy((from) => usageBreakdown(from, off, breakdown))).sort()).toEqual([
    'provider_usage_per_day_v1',
    'provider_usage_per_hour_v1',
    'ratings_v1',
    'usage_events_v1',
  ]);
});

test('what would read too much is refused before it runs, with advice', async () => {
  const asked: string[] = [];
  const huge: Reader = {
    ...read,
    async query(query) {
      asked.push(query.name);
      return /-cost$|^table-sizes$/.test(query.name)
        ? [query.row.parse({ table: 'split_usage_per_day_v1', rows: 600_000_000 })]
        : read.query(query);
    },
  };
  const filter = { users: ['ann'] };
  await expect(usageTotals(huge, ninetyDays, filter)).rejects.toMatchObject({
    code: 'QUERY_TOO_COSTLY',
    message: expect.stringMatching(/600 million rows; \d+ million is the most\. Drop .*user.*at most 18 days/),
  });
  expect(asked).toEqual(['table-sizes', 'usage-totals-cost']);
  const rows = usageRows({ scope: ninetyDays });
  const question = {
    name: 'cheap',
    sql: `SELECT sum(u.attempts) AS attempts FROM ${rows.sql} AS u`,
    params: rows.params,
  };
  const found = await askWithin(read, rows, { ...question, row: z.object({ attempts: z.number() }) });
  expect(found).toEqual([{ attempts: 90 * 24 }]);
});

test('what would be read is not estimated where all there is may be read', async () => {
  const asked: string[] = [];
  const small: Reader = {
    ...read,
    query(query) {
      asked.push(query.name);
      return read.query(query);
    },
  };
  await usageTotals(small, ninetyDays, { users: ['ann'] });
  await usageTotals(small, { ...ninetyDays, from: START + 1 });
  expect(asked).toEqual(['table-sizes', 'usage-totals', 'usage-totals']);
});

import { newId } from '@weir/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entriesOf, migrate, type Reader, ratingsTable, reader, type Writer, writer } from '../src/index.js';
import { type ClickHouseServer, startClickHouse } from './support/clickhouse-server.js';
import { eventRow, ratingRow } from './support/rows.js';

const START = Date.UTC(2026, 8, 30, 20);
/** More ids than ClickHouse takes in one parameter. */
const EVENTS = 4_500;
const project = newId();
const events = Array.from({ length: EVENTS }, (_, index) => eventRow(project, START + index));

let server: ClickHouseServer;
let write: Writer;
let read: Reader;

beforeAll(async () => {
  server = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  write = writer(url);
  read = reader(url);
  const ratings = events.map((event) => ratingRow(event, '0.25', { lines: '[]' }));
  await ratingsTable(write).insert(ratings, 'ratings');
});
afterAll(async () => {
  await Promise.all([write.close(), read.close()]);
  await server.stop();
});

test('the entries of a whole page are found, whatever the number of its events', async () => {
  const scope = { projectId: project, from: START, to: START + EVENTS };
  const ids = events.map(({ event_id }) => event_id);
  const found = await entriesOf(read, scope, ids);
  expect(new Set(found.map(({ event_id }) => event_id))).toEqual(new Set(ids));
  expect(found).toHaveLength(EVENTS);
});

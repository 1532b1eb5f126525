import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMigrations } from '../src/migrations.js';
import { openEmptyDatabase } from './client.js';

let client: Client;
let end: () => Promise<void>;
beforeAll(async () => {
  ({ client, end } = await openEmptyDatabase());
}, 60_000);
afterAll(() => end?.());

const id = (last: number) => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;
const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;
const [PROJECT, FIRST, SECOND, THIRD, ANN, BOB] = [1, 2, 3, 4, 5, 6].map(id);

/** What the card said on day `known` of calls that began on day `valid`; null = nothing, so that the catalog held. */
async function believed(known: number, valid: number): Promise<unknown> {
  const { rows } = await client.query(
    `SELECT rates, "overrideId" FROM "PriceOverride"
     WHERE "knownFrom" <= $1 AND ("knownUntil" IS NULL OR $1 < "knownUntil")
       AND "validFrom" <= $2 AND ("validUntil" IS NULL OR $2 < "validUntil")`,
    [day(known), day(valid)],
  );
  expect(rows.length).toBeLessThan(2);
  return rows[0] === undefined ? null : [rows[0].rates, rows[0].overrideId];
}

it('overrides that were replaced, cleared and set again are known as they were on each day', async () => {
  const migrations = await readMigrations();
  const at = migrations.findIndex(({ name }) => name.endsWith('_prices_known'));
  for (const { sql } of migrations.slice(0, at)) await client.query(sql);
  const row = (key: string | undefined, rates: object, from: number, until: number | null, by: string | undefined) =>
    `('${key}', '${PROJECT}', 'alpha', 'm', '${JSON.stringify(rates)}', '${day(from)}',
      ${until === null ? 'null' : `'${day(until)}'`}, '${ANN}', ${by === undefined ? 'null' : `'${by}'`})`;
  await client.query(`
    INSERT INTO "PriceOverride"
      (id, "projectId", provider, model, rates, "validFrom", "validUntil", "createdBy", "closedBy")
    VALUES ${row(FIRST, { input: '1' }, 1, 3, ANN)}, ${row(SECOND, { input: '2' }, 3, 5, BOB)},
      ${row(THIRD, { input: '3' }, 7, null, undefined)};
    INSERT INTO "PriceVersion" (id, source, "sourceVersion", "effectiveFrom", entries, state, "createdAt")
    VALUES ('first', 's', '1', to_timestamp(0), '[]', 'accepted', '${day(1)}'),
      ('accepted', 's', '2', '${day(4)}', '[]', 'accepted', '${day(2)}'),
      ('held', 's', '3', '${day(5)}', '[]', 'held', '${day(5)}')`);

  for (const { sql } of migrations.slice(at)) await client.query(sql);

  const [one, two, three] = [
    [{ input: '1' }, FIRST],
    [{ input: '2' }, SECOND],
    [{ input: '3' }, THIRD],
  ];
  const cleared = [{}, expect.stringMatching(/^[0-9a-f-]{36}$/)];
  const told = await Promise.all([2, 4, 6, 8].map((known) => Promise.all([2, 4, 6, 8].map((v) => believed(known, v)))));
  expect(told).toEqual([
    [one, one, one, one],
    [one, two, two, two],
    [one, two, cleared, cleared],
    [one, two, cleared, three],
  ]);
  const { rows: clears } = await client.query(
    `SELECT DISTINCT "overrideId", "createdBy" FROM "PriceOverride" WHERE rates = '{}'`,
  );
  expect(clears).toEqual([{ overrideId: expect.any(String), createdBy: BOB }]);
  const { rows: versions } = await client.query('SELECT id, "knownFrom" FROM "PriceVersion" ORDER BY "knownFrom"');
  expect(versions).toEqual([
    { id: 'first', knownFrom: new Date(day(1)) },
    { id: 'accepted', knownFrom: new Date(day(4)) },
    { id: 'held', knownFrom: new Date(day(5)) },
  ]);
});

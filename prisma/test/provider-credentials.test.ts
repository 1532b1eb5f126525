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
const [PROJECT, SECRET, KEYED, OPEN, GONE] = [1, 2, 3, 4, 5].map(id);

it('a key that a provider had becomes its slot api_key, sealed as it was for the origin of its base URL', async () => {
  const migrations = await readMigrations();
  const at = migrations.findIndex(({ name }) => name.endsWith('_provider_credentials'));
  for (const { sql } of migrations.slice(0, at)) await client.query(sql);
  await client.query(`
    INSERT INTO "Project" (id, name, "displayName") VALUES ('${PROJECT}', 'p', 'P');
    INSERT INTO "Secret" (id, "projectId", "secretId", sealed, "lastFour") VALUES ('${SECRET}', '${PROJECT}', 'KEY', '{}', '1234');
    INSERT INTO "Provider" (id, "projectId", name, "displayName", type, "baseUrl", "secretRowId", "sealedCredential", "updatedAt", "deletedAt")
    VALUES
      ('${KEYED}', '${PROJECT}', 'keyed', 'K', 'openai', 'http://[::1]:8000/v1/deep', '${SECRET}', '{"secretId":"KEY","version":3,"sealed":{"v":1}}', now(), null),
      ('${OPEN}', '${PROJECT}', 'open', 'O', 'openai_compatible', 'https://llm.example.com', null, null, now(), null),
      ('${GONE}', '${PROJECT}', 'keyed', 'G', 'openai', 'https://api.openai.com/v1', null, null, now(), now())`);

  for (const { sql } of migrations.slice(at)) await client.query(sql);
  const { rows: slots } = await client.query('SELECT * FROM "ProviderSecret"');
  expect(slots).toEqual([
    {
      providerId: KEYED,
      slot: 'api_key',
      secretRowId: SECRET,
      sealed: { secretId: 'KEY', version: 3, sealed: { v: 1 }, origin: 'http://[::1]:8000' },
    },
  ]);
  const { rows: kinds } = await client.query('SELECT id, "credentialKind", settings FROM "Provider" ORDER BY id');
  expect(kinds).toEqual([
    { id: KEYED, credentialKind: 'api_key', settings: {} },
    { id: OPEN, credentialKind: 'none', settings: {} },
    { id: GONE, credentialKind: 'none', settings: {} },
  ]);
});

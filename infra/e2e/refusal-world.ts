import { randomBytes } from 'node:crypto';
import { deriveMasterKey, mintToken, newId } from '@weir/contracts';
import { Client } from 'pg';
import { freePort } from '../embedded/ports.js';
import { type System, startSystem } from './system.js';

/** First-byte and idle limit of the providers whose name ends in `short`. */
const SHORT_MS = 700;

/** A system with providers and tokens of every kind that a call can be refused for, each under a name of its own. */
export interface RefusalWorld {
  readonly system: System;
  readonly urls: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

export async function startRefusalWorld(): Promise<RefusalWorld> {
  const urls: Record<string, string> = {};
  const tokens: Record<string, string> = {};
  const nobody = await freePort();
  const system = await startSystem({ queue: 'redis', allowedHosts: [`127.0.0.1:${nobody}`] });
  const { console, simulator, upstreamKey } = system;
  await console.setUp(system.setupLink);
  const create = async (name: string, more: object = {}) => {
    const common = { type: 'openai', baseUrl: `${simulator.url}/v1`, secretId: 'KEY', secretValue: upstreamKey };
    urls[name] = await console.createProvider({ name, displayName: name, ...common, ...more });
  };
  const claude = { type: 'anthropic', baseUrl: simulator.url };
  await create('open');
  await create('claude', claude);
  await create('listed', { models: ['gpt-4.1-mini'] });
  await create('claude-listed', { ...claude, models: ['claude-sonnet-4-6'] });
  await create('short');
  await create('claude-short', claude);
  await create('nobody-there', { baseUrl: `http://127.0.0.1:${nobody}/v1` });
  await create('off');
  await create('gone');
  urls.unknown = urls.open?.replace(/open$/, 'never-was') ?? '';
  await console.ask('mutation { setProviderEnabled(name: "off", enabled: false) { enabled } }');
  await console.ask('mutation { deleteProvider(name: "gone", confirmName: "gone") }');

  const app = await console.createApp('caller');
  tokens.good = await console.createToken(app);
  tokens.scoped = await console.createToken(app, { providers: ['nobody-there'] });
  tokens.damaged = `${tokens.good.slice(0, -1)}${tokens.good.endsWith('a') ? 'b' : 'a'}`;
  tokens.minted = mintToken(deriveMasterKey(randomBytes(32).toString('base64'))).token;
  tokens.expired = await console.createToken(app, { expiresAt: new Date(Date.now() + 1_500).toISOString() });
  tokens.revoked = await console.createToken(app);
  await revoke(system, tokens.revoked);
  // What no mutation offers: short time limits, and a second project with an app of its own.
  tokens.foreign = await inDatabase(system);
  await console.createApp('published-with-what-was-written-by-hand');
  await system.configured();
  return { system, urls, tokens };
}

async function inDatabase(system: System): Promise<string> {
  const { token, publicId, digest } = mintToken(deriveMasterKey(system.masterKey));
  const [project, environment, app] = [newId(), newId(), newId()];
  const client = new Client({ connectionString: system.stores.databaseUrl });
  await client.connect();
  try {
    await client.query(`UPDATE "Provider" SET "firstByteMs" = $1, "idleMs" = $1 WHERE name LIKE '%short'`, [SHORT_MS]);
    await client.query(`INSERT INTO "Project" (id, name, "displayName") VALUES ($1, 'other', 'Other')`, [project]);
    await client.query(`INSERT INTO "Environment" (id, "projectId", name) VALUES ($1, $2, 'production')`, [
      environment,
      project,
    ]);
    await client.query(`INSERT INTO "App" (id, "projectId", "environmentId", name) VALUES ($1, $2, $3, 'theirs')`, [
      ...[app, project, environment],
    ]);
    await client.query(
      `INSERT INTO "Token" (id, "appId", name, "publicId", digest) VALUES ($1, $2, 'theirs', $3, $4)`,
      [newId(), app, publicId, digest],
    );
  } finally {
    await client.end();
  }
  return token;
}

export async function revoke(system: System, value: string): Promise<void> {
  const publicId = value.split('_')[1];
  const { apps } = await system.console.ask<{ apps: { tokens: { id: string; publicId: string }[] }[] }>(
    '{ apps { tokens { id publicId } } }',
  );
  const found = apps.flatMap((app) => app.tokens).find((token) => token.publicId === publicId);
  await system.console.ask('mutation($id: ID!) { revokeToken(id: $id) { state } }', { id: found?.id });
}

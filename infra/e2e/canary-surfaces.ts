import { DOOR, deriveMasterKey } from '@weir/contracts';
import { request } from 'undici';
import { filesBelow } from './canary-scanner.js';
import { clickhouseDump, postgresDump } from './database-dump.js';
import { redisDump } from './redis-dump.js';
import type { System } from './system.js';

/**
 * Where a secret could have been left, by name.
 * @param answers what the control plane said to whoever asked
 */
export async function surfacesOf(system: System, answers: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const [path, bytes] of filesBelow(system.home)) found.set(`file ${path}`, bytes);
  found.set('GraphQL answers', Buffer.from(answers.join('\n')));
  for (const [name, bytes] of await postgresDump(system.stores.postgres?.adminUrl ?? '')) found.set(name, bytes);
  for (const [name, bytes] of await clickhouseDump(system.stores.clickhouseUrl)) found.set(name, bytes);
  found.set('Redis', await redisDump(system.stores.queueUrl));
  for (const [name, url] of Object.entries(system.internalUrls)) {
    found.set(`/metrics of ${name}`, await fetched(`${url}/metrics`));
  }
  const authorization = `Bearer ${deriveMasterKey(system.masterKey).doorToken}`;
  for (const path of [DOOR.snapshot, DOOR.priceBook]) {
    found.set(`door ${path}`, await fetched(`${system.internalUrls['control-plane']}${path}`, { authorization }));
  }
  return found;
}

async function fetched(url: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const answer = await request(url, { headers });
  if (answer.statusCode !== 200) throw new Error(`${url} answers ${answer.statusCode}`);
  return Buffer.from(await answer.body.arrayBuffer());
}

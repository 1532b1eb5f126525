import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deriveMasterKey } from '@weir/contracts';
import { expect, test } from 'vitest';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function made(): Record<string, string> {
  const lines = execFileSync(process.execPath, [path('make-env.mjs')], { encoding: 'utf8' }).split('\n');
  const pairs = lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s) as [string, string]);
  return Object.fromEntries(pairs);
}

test("the master key is one, and the worker's token is the one derived from it", () => {
  const { WEIR_MASTER_KEY = '', WEIR_DOOR_TOKEN } = made();
  expect(deriveMasterKey(WEIR_MASTER_KEY).doorToken).toBe(WEIR_DOOR_TOKEN);
});

test('every credential that the compose file insists on is made, anew each time', () => {
  const compose = readFileSync(path('../../docker-compose.yml'), 'utf8');
  const wanted = new Set([...compose.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => name));
  const [first, second] = [made(), made()];
  expect(Object.keys(first).sort()).toEqual([...wanted].sort());
  for (const name of wanted) expect(first[name]).not.toBe(second[name]);
});

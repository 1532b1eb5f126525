import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where one installation keeps its data. Everything below `root` is readable by its owner only. */
export interface Home {
  readonly root: string;
  readonly keys: string;
  readonly logs: string;
  /** Facts about the running instance; worthless once it has stopped. */
  readonly run: string;
}

export function openHome(path: string): Home {
  const root = resolve(path);
  const home = { root, keys: join(root, 'keys'), logs: join(root, 'logs'), run: join(root, 'run') };
  for (const folder of Object.values(home)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
  return home;
}

/** A random password that is made once and then stays: 0600 in `keys/<name>`. */
export function passwordOf(home: Home, name: string): string {
  const file = join(home.keys, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

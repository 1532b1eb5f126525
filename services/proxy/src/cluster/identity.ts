import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Names this installation of the proxy; made once and kept, so that counts of one proxy stay under one name. */
export function readProxyId(home: string): string {
  const directory = join(home, 'proxy');
  const path = join(directory, 'id');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const made = `${hostname()
    .replace(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 40)}-${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(path, made, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(path, 'utf8').trim().slice(0, 60) || made;
  }
}

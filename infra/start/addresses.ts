import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from '../embedded/home.js';

const addresses = z.object({
  controlUrl: z.string(),
  consoleUrl: z.string(),
  doorUrl: z.string(),
  /** With the account that may write. */
  clickhouseUrl: z.string(),
  queueUrl: z.string(),
});
/** Where a running instance is reached on this machine, for the tools beside it. */
export type Addresses = z.infer<typeof addresses>;

export class NotRunning extends Error {
  readonly code = 'NOT_RUNNING';
}

const fileOf = (home: Home) => join(home.run, 'addresses.json');

export function writeAddresses(home: Home, values: Addresses): void {
  writeFileSync(fileOf(home), JSON.stringify(values), { mode: 0o600 });
}

export function forgetAddresses(home: Home): void {
  rmSync(fileOf(home), { force: true });
}

/** @throws NotRunning */
export function readAddresses(home: Home): Addresses {
  const file = fileOf(home);
  if (!existsSync(file))
    throw new NotRunning(`No Weir runs on ${home.root}; start it with npm start and leave it running.`);
  return addresses.parse(JSON.parse(readFileSync(file, 'utf8')));
}

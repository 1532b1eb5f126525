import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Home } from './home.js';
import { isSame, type ProcessId, processId } from './process-id.js';

export class HomeInUse extends Error {
  readonly code = 'HOME_IN_USE';
}

function readOwner(file: string): ProcessId | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessId;
  } catch {
    // Missing, or cut short when its writer died: nobody holds it.
    return null;
  }
}

/**
 * Makes this process the only one that runs on the home.
 * @returns gives the lock back
 * @throws HomeInUse naming the process that holds it
 */
export function lockHome(home: Home): () => void {
  const file = join(home.root, 'lock');
  const mine = JSON.stringify(processId(process.pid));
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner && isSame(owner)) {
      throw new HomeInUse(
        `Weir is already running on ${home.root} (process ${owner.pid}). Stop it first, or set WEIR_HOME to another folder.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new HomeInUse(`${file} is being taken by another process at this very moment; try again.`);
}

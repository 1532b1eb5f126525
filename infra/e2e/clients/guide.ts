import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Guide } from '@weir/snippets';

/** Saves a guide's files where it says: `~` is `home`, anything else lies in `work`. */
export function saveFiles({ steps }: Guide, home: string, work: string): void {
  for (const { file, code } of steps) {
    if (file === null) continue;
    const path = file.startsWith('~/') ? join(home, file.slice(2)) : join(work, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
}

/** The lines a guide has for the shell before its client runs. */
export function environmentOf({ steps }: Guide): string {
  return steps
    .filter(({ title }) => title === 'Environment')
    .map(({ code }) => code)
    .join('\n');
}

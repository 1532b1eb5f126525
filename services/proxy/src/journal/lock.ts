import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WeirError } from '@weir/contracts';

/** Two writers in one journal would interleave records, so a directory belongs to one living process. */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock');
  const own = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
      return () => unlinkSync(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readFileSync(path, 'utf8');
      const [pid = '', started = ''] = holder.split(' ');
      if (attempt > 3 || (holder !== own && isAlive(Number(pid), started))) {
        throw new WeirError('JOURNAL_LOCKED', `the journal in ${directory} is in use by process ${pid}`);
      }
      unlinkSync(path);
    }
  }
}

function isAlive(pid: number, started: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(pid) === started;
}

/** Start time in clock ticks since boot (proc(5), field 22): tells a process from a later one under the same id. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // No procfs (macOS): the process id alone decides.
    return '';
  }
}

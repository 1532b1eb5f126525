import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process id is used again after its owner ended; together with the start time it names one process for good. */
export interface ProcessId {
  readonly pid: number;
  readonly startedAt: string;
}

/** The start time in the system's own notation; null when no such process is alive. */
export function startTimeOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command in brackets may itself hold brackets and blanks; fields are counted from its end (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // No such file or a failing `ps` both say that the process is gone.
    return null;
  }
}

export function processId(pid: number): ProcessId {
  return { pid, startedAt: startTimeOf(pid) ?? '' };
}

export function isSame(process: ProcessId): boolean {
  return process.startedAt !== '' && startTimeOf(process.pid) === process.startedAt;
}

/** Sends a signal to a process group that this program started; a group that is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

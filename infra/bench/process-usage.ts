import { readdirSync, readFileSync } from 'node:fs';

/** Linux reports processor time in ticks of 1/100 s (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const UTIME = 11;
const REAPED_SYSTEM = 14;

/** The process and everything it has started that still runs. */
export function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(treeOf)];
}

/** Processor seconds, user and system, that a process tree has used, ended children included. */
export function cpuSeconds(pid: number): number {
  const ticks = treeOf(pid).map((member) => {
    const stat = readFileSync(`/proc/${member}/stat`, 'utf8');
    // The name in parentheses may hold spaces; utime, stime, cutime and cstime follow the state.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(UTIME, REAPED_SYSTEM + 1).reduce((sum, field) => sum + Number(field), 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

/** Proportional resident memory of a process tree in KiB: pages shared by its members count once. */
export function memoryKib(pid: number): number {
  return treeOf(pid)
    .map((member) => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${member}/smaps_rollup`, 'utf8'))?.[1] ?? 0))
    .reduce((sum, each) => sum + each, 0);
}

/**
 * Ends what the supervisor started in case the supervisor itself is killed. It reads `+<pid> <signal>` and `-<pid>`
 * lines from its standard input, which closes with the supervisor's life. Imports nothing of ours, so that Node runs it as it is.
 */
import { createInterface } from 'node:readline';

const GRACE_MS = 8_000;
const started = new Map<number, NodeJS.Signals>();

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    // The group is gone, which is what this process is for.
    return false;
  }
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [pid = '', stopSignal = 'SIGTERM'] = line.slice(1).split(' ');
  if (line.startsWith('+')) started.set(Number(pid), stopSignal as NodeJS.Signals);
  else started.delete(Number(pid));
});
lines.on('close', () => {
  for (const [pid, stopSignal] of started) signal(pid, stopSignal);
  const deadline = Date.now() + GRACE_MS;
  const check = setInterval(() => {
    for (const pid of started.keys()) {
      if (!signal(pid, 0)) started.delete(pid);
      else if (Date.now() > deadline) signal(pid, 'SIGKILL');
    }
    if (started.size === 0) clearInterval(check);
  }, 100);
});

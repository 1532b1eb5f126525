import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a module of this folder in a process of its own and waits for the port it reports. */
export function startChild(module: string, args: readonly string[]): Promise<Child> {
  const path = fileURLToPath(new URL(`./${module}.js`, import.meta.url));
  const child = fork(path, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${module} ended with ${code} before it was ready`)));
    child.once('message', ({ port }: { port: number }) => {
      resolve({ pid: child.pid as number, port, stop: () => stopped(child) });
    });
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The supervisor's end of the guardian: tells it which process groups to end should the supervisor die. */
export class Guard {
  readonly #guardian: ChildProcess;

  constructor() {
    const entry = fileURLToPath(new URL(`./guardian${extname(import.meta.url)}`, import.meta.url));
    this.#guardian = spawn(process.execPath, [entry], { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
    // It may be killed before us; then only the clean-up of the next start is left.
    this.#guardian.stdin?.on('error', () => undefined);
    this.#guardian.unref();
  }

  watch(pid: number, stopSignal: NodeJS.Signals): void {
    this.#guardian.stdin?.write(`+${pid} ${stopSignal}\n`);
  }

  forget(pid: number): void {
    this.#guardian.stdin?.write(`-${pid}\n`);
  }

  close(): void {
    this.#guardian.stdin?.end();
  }
}

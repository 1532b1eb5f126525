import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_AT_BYTES = 10 * 1024 * 1024;
const TAIL_LINES = 20;

/** One process's output: appended to `<name>.log`, of which one older file of at most 10 MiB is kept. */
export class LogFile {
  readonly path: string;
  #fd: number;
  #sizeBytes: number;
  readonly #tail: string[] = [];

  constructor(folder: string, name: string) {
    this.path = join(folder, `${name}.log`);
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#sizeBytes = fstatSync(this.#fd).size;
  }

  line(text: string): void {
    const bytes = Buffer.from(`${new Date().toISOString()} ${text}\n`);
    if (this.#sizeBytes + bytes.length > ROTATE_AT_BYTES) this.#rotate();
    writeSync(this.#fd, bytes);
    this.#sizeBytes += bytes.length;
    this.#tail.push(text);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
  }

  /** The last lines, for the person who has to find out why a process failed. */
  tail(): readonly string[] {
    return this.#tail;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #rotate(): void {
    closeSync(this.#fd);
    renameSync(this.path, `${this.path}.1`);
    this.#fd = openSync(this.path, 'a', 0o600);
    this.#sizeBytes = 0;
  }
}

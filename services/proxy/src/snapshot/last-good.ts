import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The last snapshot that was good, on disk. Its file's time says when the control plane last confirmed it. */
export class LastGood {
  private readonly path: string;

  constructor(home: string) {
    this.path = join(home, 'proxy', 'snapshot.json');
  }

  /** null when there is none. */
  load(): { text: string; confirmedAtMs: number } | null {
    try {
      return { text: readFileSync(this.path, 'utf8'), confirmedAtMs: statSync(this.path).mtimeMs };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  /** Replaces the file as a whole: a reader finds the old one or the new one. The secrets in it are sealed. */
  save(text: string): void {
    const directory = dirname(this.path);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${randomBytes(4).toString('hex')}`;
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.path);
  }

  confirm(atMs: number): void {
    utimesSync(this.path, atMs / 1_000, atMs / 1_000);
  }
}

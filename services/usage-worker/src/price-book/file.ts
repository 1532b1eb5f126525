import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { PriceBook } from '@weir/contracts';
import { parsePriceBook } from './parse.js';

/** The last good price book on this machine's disk, so that a worker rates while the control plane is away. */
export class PriceBookFile {
  private readonly directory: string;
  private readonly path: string;

  constructor(home: string) {
    this.directory = join(home, 'worker');
    this.path = join(this.directory, 'price-book.json');
  }

  /** null = there is none, or it is damaged. */
  async read(): Promise<PriceBook | null> {
    try {
      return parsePriceBook(await readFile(this.path, 'utf8'));
    } catch {
      // Absent at the first start; a damaged copy is replaced by the next one from the door.
      return null;
    }
  }

  /** Replaces the copy as a whole, or not at all. */
  async write(text: string): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
  }
}

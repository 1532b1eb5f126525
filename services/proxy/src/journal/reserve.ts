import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Space kept back so that calls already under way can still be recorded when the disk is full. */
const RESERVE_BYTES = 16 * 1024 * 1024;
/** Calls are taken again once this much is free beyond the reserve. */
const RESUME_BYTES = 64 * 1024 * 1024;

/** A file of real blocks; deleting it is how the last records of open calls find room. */
export class Reserve {
  private readonly path: string;

  constructor(private readonly directory: string) {
    this.path = join(directory, 'reserve');
  }

  /** False when the disk has no room for it. */
  fill(): boolean {
    const { bavail, bsize } = statfsSync(this.directory);
    if (bavail * bsize < RESERVE_BYTES + RESUME_BYTES) return false;
    const file = openSync(this.path, 'w', 0o600);
    try {
      const block = Buffer.alloc(1024 * 1024, 1);
      for (let written = 0; written < RESERVE_BYTES; written += block.length) writeSync(file, block);
      return true;
    } finally {
      closeSync(file);
    }
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}

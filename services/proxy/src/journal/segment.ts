import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { segmentPath } from './files.js';
import { HEADER_BYTES } from './record.js';

export interface Appended {
  readonly payload: Buffer;
  readonly offset: number;
  readonly end: number;
}

/**
 * The file records are appended to. A write is synchronous: it costs a few microseconds, and once it returns the
 * record outlives the process. Outliving the machine takes `sync`.
 */
export class Segment {
  private constructor(
    readonly directory: string,
    readonly number: number,
    private readonly file: number,
    private bytes: number,
  ) {}

  static create(directory: string, number: number): Segment {
    return new Segment(directory, number, openSync(segmentPath(directory, number), 'wx', 0o600), 0);
  }

  /** Opens an existing segment behind its last good record; what is torn is cut off. */
  static reopen(directory: string, number: number, sizeBytes: number): Segment {
    const file = openSync(segmentPath(directory, number), 'r+');
    ftruncateSync(file, sizeBytes);
    return new Segment(directory, number, file, sizeBytes);
  }

  get sizeBytes(): number {
    return this.bytes;
  }

  /** Appends encoded records in one write. @throws the system's error (ENOSPC, EIO) with the file as it was before. */
  append(records: readonly Buffer[]): Appended[] {
    const start = this.bytes;
    const block = records.length === 1 ? (records[0] as Buffer) : Buffer.concat(records);
    try {
      let written = 0;
      while (written < block.length) {
        written += writeSync(this.file, block, written, block.length - written, start + written);
      }
    } catch (error) {
      ftruncateSync(this.file, start);
      throw error;
    }
    this.bytes = start + block.length;
    let offset = start;
    return records.map((record) => {
      const appended = { payload: record.subarray(HEADER_BYTES), offset, end: offset + record.length };
      offset = appended.end;
      return appended;
    });
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      fdatasync(this.file, (error) => (error ? reject(error) : resolve()));
    });
  }

  syncNow(): void {
    fdatasyncSync(this.file);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** Bytes `[start, end)` of a segment. */
export async function readStretch(directory: string, number: number, start: number, end: number): Promise<Buffer> {
  const handle = await open(segmentPath(directory, number), 'r');
  try {
    const bytes = Buffer.allocUnsafe(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

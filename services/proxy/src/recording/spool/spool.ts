import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { TRANSCRIPT_BATCH_MAX_BYTES } from '@weir/contracts';
import { lockDirectory } from '../../journal/lock.js';
import type { DropReason } from '../finished-call.js';
import { openPath, recoverBatches, type SpooledBatch, sealBatch } from './batches.js';

/** Recorded calls leave this much to the journal, which may not fail before they do. */
const DISK_FREE_BYTES = 256 * 1024 * 1024;

export interface SpoolOptions {
  /** Where frames are written. */
  readonly directory: string;
  /** Directories of processes that are no more, whose batches are shipped from here. */
  readonly adopted: readonly string[];
  /** Of all of them together. */
  readonly quotaBytes: number;
  readonly diskFreeBytes?: number;
}

interface OpenFile {
  readonly id: string;
  readonly handle: number;
  readonly openedMs: number;
  bytes: number;
}

/**
 * Recorded calls on disk until the queue has taken them on and somebody has stored them. A file is a batch, cut once:
 * what it holds when it is ended is what its id stands for. Writes outlive the process, not the machine.
 */
export class Spool {
  /** On disk, in files ended or not. */
  bytes = 0;
  private file: OpenFile | null = null;
  private readonly ended: SpooledBatch[] = [];
  private readonly unlocks: (() => void)[] = [];
  private readonly run = `${Date.now().toString().padStart(14, '0')}-${randomBytes(6).toString('hex')}`;
  private sequence = 0;

  /** @throws WeirError `JOURNAL_LOCKED` where another process writes there */
  constructor(private readonly options: SpoolOptions) {
    for (const directory of [options.directory, ...options.adopted]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.unlocks.push(lockDirectory(directory));
      this.ended.push(...recoverBatches(directory));
    }
    this.ended.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.bytes = this.ended.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Why the frame was not written; null = it was. Never throws. */
  append(frame: Buffer): DropReason | null {
    if (this.bytes + frame.length > this.options.quotaBytes) return 'spool_full';
    try {
      if (this.file !== null && this.file.bytes + frame.length > TRANSCRIPT_BATCH_MAX_BYTES) this.end();
      this.file ??= this.open();
      if (this.file === null) return 'disk';
      this.write(this.file, frame);
      return null;
    } catch {
      // No space, or no disk: whatever it is, calls and their usage go on.
      return 'disk';
    }
  }

  /** Ends the file being written once it is so old, so that it can be shipped. Never throws. */
  endAfter(ageMs: number): void {
    if (this.file === null || performance.now() - this.file.openedMs < ageMs) return;
    try {
      this.end();
    } catch {
      // It stays as it is, and is a batch once its process is gone.
    }
  }

  /** The oldest batch that was not taken yet. */
  take(): SpooledBatch | null {
    return this.ended.shift() ?? null;
  }

  /** A batch that was taken and has to go out again. */
  putBack(batch: SpooledBatch): void {
    this.ended.unshift(batch);
  }

  /** The batch is stored elsewhere. */
  remove({ path, bytes }: SpooledBatch): void {
    rmSync(path, { force: true });
    this.bytes -= bytes;
  }

  /** Whether batches wait to be taken. */
  get isBehind(): boolean {
    return this.ended.length > 0;
  }

  close(): void {
    this.endAfter(0);
    for (const unlock of this.unlocks) unlock();
  }

  private open(): OpenFile | null {
    const { directory, diskFreeBytes = DISK_FREE_BYTES } = this.options;
    const { bavail, bsize } = statfsSync(directory);
    if (bavail * bsize < diskFreeBytes) return null;
    const id = `${this.run}-${String(++this.sequence).padStart(8, '0')}`;
    const handle = openSync(openPath(directory, id), 'wx', 0o600);
    return { id, handle, openedMs: performance.now(), bytes: 0 };
  }

  private write(file: OpenFile, frame: Buffer): void {
    try {
      let written = 0;
      while (written < frame.length) {
        written += writeSync(file.handle, frame, written, frame.length - written, file.bytes + written);
      }
    } catch (error) {
      ftruncateSync(file.handle, file.bytes);
      throw error;
    }
    file.bytes += frame.length;
    this.bytes += frame.length;
  }

  private end(): void {
    const { id, handle, bytes } = this.file as OpenFile;
    this.file = null;
    closeSync(handle);
    if (bytes > 0) this.ended.push(sealBatch(this.options.directory, id, bytes));
    else rmSync(openPath(this.options.directory, id), { force: true });
  }
}

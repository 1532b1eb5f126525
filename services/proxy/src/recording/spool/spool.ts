import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
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
  /** What was written to it, and room for more. */
  memory: Buffer;
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
  /** Batch -> when it was begun, epoch ms; in that order. */
  private readonly begun = new Map<string, number>();
  private readonly unlocks: (() => void)[] = [];
  private readonly run = `${Date.now().toString().padStart(14, '0')}-${randomBytes(6).toString('hex')}`;
  private sequence = 0;
  /** Memory of a batch that is on its way, for the next file. */
  private spare: Buffer | null = null;

  /** @throws WeirError `JOURNAL_LOCKED` where another process writes there */
  constructor(private readonly options: SpoolOptions) {
    for (const directory of [options.directory, ...options.adopted]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.unlocks.push(lockDirectory(directory));
      this.ended.push(...recoverBatches(directory));
    }
    this.ended.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.bytes = this.ended.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { id, path } of this.ended) this.begun.set(id, Math.floor(statSync(path).mtimeMs));
  }

  /** Why each frame was not written; null = it was. What goes to one file is written at once. Never throws. */
  append(frames: readonly Buffer[]): (DropReason | null)[] {
    const reasons: (DropReason | null)[] = [];
    for (let from = 0; from < frames.length; ) {
      const count = this.fitting(frames, from);
      const together = frames.slice(from, from + Math.max(count, 1));
      const reason = count === 0 ? 'spool_full' : this.tryWrite(together);
      for (const _ of together) reasons.push(reason);
      from += together.length;
    }
    return reasons;
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

  /** What a batch that was taken has in memory is not needed any more. */
  letGo({ frames }: SpooledBatch): void {
    if (frames?.buffer.byteLength === TRANSCRIPT_BATCH_MAX_BYTES)
      this.spare = Buffer.from(frames.buffer as ArrayBuffer);
  }

  /** A batch that was taken and has to go out again. */
  putBack({ id, path, bytes }: SpooledBatch): void {
    this.ended.unshift({ id, path, bytes });
  }

  /** The batch is stored elsewhere. */
  remove({ id, path, bytes }: SpooledBatch): void {
    rmSync(path, { force: true });
    this.bytes -= bytes;
    this.begun.delete(id);
  }

  /** Since when something waits here to be stored, epoch ms; null = nothing does. */
  get waitsSinceMs(): number | null {
    const [first] = this.begun.values();
    return this.bytes === 0 ? null : (first ?? null);
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
    this.begun.set(id, Date.now());
    return { id, handle, openedMs: performance.now(), memory: this.freeMemory(), bytes: 0 };
  }

  /** How many frames in a row have room in one file; at least one, unless there is none at all. */
  private fitting(frames: readonly Buffer[], from: number): number {
    const { quotaBytes } = this.options;
    const first = (frames[from] as Buffer).length;
    if (this.bytes + first > quotaBytes) return 0;
    let fileBytes = (this.file?.bytes ?? 0) + first;
    // It gets a file of its own.
    if (fileBytes > TRANSCRIPT_BATCH_MAX_BYTES) fileBytes = first;
    let bytes = first;
    let count = 1;
    for (let frame = frames[from + 1]; frame !== undefined; frame = frames[from + ++count]) {
      fileBytes += frame.length;
      bytes += frame.length;
      if (fileBytes > TRANSCRIPT_BATCH_MAX_BYTES || this.bytes + bytes > quotaBytes) break;
    }
    return count;
  }

  private tryWrite(frames: readonly Buffer[]): DropReason | null {
    const [first] = frames as [Buffer];
    try {
      if (this.file !== null && this.file.bytes + first.length > TRANSCRIPT_BATCH_MAX_BYTES) this.end();
      this.file ??= this.open();
      if (this.file === null) return 'disk';
      this.write(this.file, frames);
      return null;
    } catch {
      // No space, or no disk: whatever it is, calls and their usage go on.
      return 'disk';
    }
  }

  private write(file: OpenFile, frames: readonly Buffer[]): void {
    const end = frames.reduce((sum, { length }) => sum + length, file.bytes);
    // Only a frame that is alone in its file is larger.
    if (end > file.memory.length) file.memory = Buffer.allocUnsafeSlow(end);
    let at = file.bytes;
    for (const frame of frames) at += frame.copy(file.memory, at);
    try {
      for (let written = file.bytes; written < end; ) {
        written += writeSync(file.handle, file.memory, written, end - written, written);
      }
    } catch (error) {
      ftruncateSync(file.handle, file.bytes);
      throw error;
    }
    this.bytes += end - file.bytes;
    file.bytes = end;
  }

  private freeMemory(): Buffer {
    const memory = this.spare ?? Buffer.allocUnsafeSlow(TRANSCRIPT_BATCH_MAX_BYTES);
    this.spare = null;
    return memory;
  }

  private end(): void {
    const { id, handle, bytes, memory } = this.file as OpenFile;
    this.file = null;
    closeSync(handle);
    if (bytes === 0) {
      rmSync(openPath(this.options.directory, id), { force: true });
      this.begun.delete(id);
    } else {
      const sealed = sealBatch(this.options.directory, id, bytes);
      const batch = { ...sealed, frames: memory.subarray(0, bytes) };
      // Those that wait lie on disk; the next to go need not be read back.
      if (this.isBehind) this.letGo(batch);
      this.ended.push(this.isBehind ? sealed : batch);
    }
  }
}

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { crc32c, frameLength } from '@weir/contracts';

const NAME = /^([A-Za-z0-9-]{1,127})\.(open|batch)$/;

/** A file that takes no more frames; its name is the batch's id, so that it is the same batch whoever ships it. */
export interface SpooledBatch {
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  /** What the file holds, where that is in memory still. */
  readonly frames?: Buffer;
}

export const openPath = (directory: string, id: string): string => join(directory, `${id}.open`);

/** Ends a file; what is in it is a batch from now on. */
export function sealBatch(directory: string, id: string, bytes: number): SpooledBatch {
  const path = join(directory, `${id}.batch`);
  renameSync(openPath(directory, id), path);
  return { id, path, bytes };
}

/** Whether there is anything in a directory to be shipped. */
export function hasBatches(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => NAME.test(name));
}

/** The batches in a directory, oldest first. A file that was being written when its process died is ended after its last whole frame. */
export function recoverBatches(directory: string): SpooledBatch[] {
  const batches: SpooledBatch[] = [];
  for (const name of readdirSync(directory).sort()) {
    const [, id, state] = NAME.exec(name) ?? [];
    if (id === undefined) continue;
    const path = join(directory, name);
    if (state === 'batch') {
      batches.push({ id, path, bytes: statSync(path).size });
      continue;
    }
    const end = soundBytes(readFileSync(path));
    if (end === 0) rmSync(path);
    else {
      truncateSync(path, end);
      batches.push(sealBatch(directory, id, end));
    }
  }
  return batches;
}

/** How many bytes the frames of a batch take, from its start to the first one that is not as it was written. */
export function soundBytes(bytes: Buffer): number {
  let end = 0;
  for (;;) {
    const length = frameLength(bytes, end);
    // Behind a torn write, or bytes that a disk lost, no frame can be told from what is none.
    if (length === null || crc32c(bytes.subarray(end + 8, end + length)) !== bytes.readUInt32BE(end + 4)) {
      return end;
    }
    end += length;
  }
}

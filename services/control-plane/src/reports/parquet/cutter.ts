import { WeirError } from '@weir/contracts';

export const MAGIC = Buffer.from('PAR1');
/** Metadata of some 200 row groups of 40 columns. */
const MAX_METADATA_BYTES = 4 * 1_048_576;
/** Length of the metadata, and the magic once more. */
const TRAILER_BYTES = 8;
const NOTHING = Buffer.alloc(0);

/** Takes a Parquet file apart as it comes: the pages pass, the metadata is kept. */
export class Cutter {
  #isHead = true;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  /** @returns pages that are surely not metadata; most times none */
  take(chunk: Uint8Array): Buffer {
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    return this.#heldBytes < 2 * MAX_METADATA_BYTES ? NOTHING : this.#release(this.#heldBytes - MAX_METADATA_BYTES);
  }

  /** @throws WeirError `CLICKHOUSE_ANSWER`, retryable, when the file broke off */
  end(): { readonly pages: Buffer; readonly metadata: Buffer } {
    const held = Buffer.concat(this.#held);
    const size = held.length < TRAILER_BYTES ? -1 : held.readUInt32LE(held.length - TRAILER_BYTES);
    const start = held.length - TRAILER_BYTES - size;
    if (size < 0 || start < (this.#isHead ? MAGIC.length : 0) || !held.subarray(-MAGIC.length).equals(MAGIC)) {
      throw new WeirError('CLICKHOUSE_ANSWER', 'usage-report-parquet: the answer broke off', { retryable: true });
    }
    return { metadata: held.subarray(start, held.length - TRAILER_BYTES), pages: this.#release(start) };
  }

  #release(size: number): Buffer {
    const held = Buffer.concat(this.#held);
    const pages = held.subarray(this.#isHead ? MAGIC.length : 0, size);
    this.#isHead = false;
    this.#held = [held.subarray(size)];
    this.#heldBytes = held.length - size;
    return pages;
  }
}

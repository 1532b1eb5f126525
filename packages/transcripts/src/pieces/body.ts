import { parsedText } from '@weir/providers';
import { RebuildError } from './errors.js';
import { pieceId } from './id.js';
import { type ByteRange, repeatedRanges } from './ranges.js';

/** Less than this costs more as a reference than where it stands. */
const PIECE_MIN_BYTES = 128;
const FORMAT = 1;
const HEAD_BYTES = 5;
const ID_BYTES = 32;
const REFERENCE_BYTES = 4 + ID_BYTES;

/** Bytes that are stored once, under the SHA-256 of them. */
export interface Piece {
  readonly id: string;
  readonly bytes: Buffer;
}

export interface SplitBody {
  /** What is left of the body, and where which piece belongs. */
  readonly skeleton: Buffer;
  /** Each once, in the order they first occur. */
  readonly pieces: readonly Piece[];
}

/**
 * Cuts a request's body so that what it repeats of earlier requests can be stored once. What is no JSON is one piece.
 * The skeleton is: 1 byte format, 4 bytes number of references, for each 4 bytes offset and 32 bytes SHA-256, and the
 * remaining bytes. Offsets are those in the remaining bytes; numbers are big-endian.
 * @param body at most 2^32 - 1 bytes
 */
export function splitBody(body: Buffer): SplitBody {
  const isJson = 'value' in parsedText(body.toString('utf8'));
  const ranges = isJson
    ? repeatedRanges(body, PIECE_MIN_BYTES)
    : body.length > 0
      ? [{ start: 0, end: body.length }]
      : [];
  const pieces = new Map<string, Buffer>();
  const references: Buffer[] = [];
  const rest: Buffer[] = [];
  let restBytes = 0;
  let at = 0;
  const keep = (end: number) => {
    rest.push(body.subarray(at, end));
    restBytes += end - at;
  };
  for (const { start, end } of ranges satisfies ByteRange[]) {
    keep(start);
    const bytes = body.subarray(start, end);
    const id = pieceId(bytes);
    if (!pieces.has(id)) pieces.set(id, bytes);
    references.push(reference(restBytes, id));
    at = end;
  }
  keep(body.length);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(FORMAT, 0);
  head.writeUInt32BE(references.length, 1);
  return {
    skeleton: Buffer.concat([head, ...references, ...rest]),
    pieces: [...pieces].map(([id, bytes]) => ({ id, bytes })),
  };
}

function reference(offset: number, id: string): Buffer {
  const bytes = Buffer.alloc(REFERENCE_BYTES);
  bytes.writeUInt32BE(offset, 0);
  bytes.write(id, 4, 'hex');
  return bytes;
}

/** Ids of the pieces a skeleton refers to, in their order, each as often as it occurs. @throws RebuildError */
export function piecesOf(skeleton: Buffer): string[] {
  return references(skeleton).map(({ id }) => id);
}

/**
 * The body exactly as it was.
 * @throws RebuildError where a piece is missing or is not the one that was cut, or the skeleton is none
 */
export function rebuildBody(skeleton: Buffer, pieceOf: (id: string) => Buffer | undefined): Buffer {
  const referred = references(skeleton);
  const rest = skeleton.subarray(HEAD_BYTES + referred.length * REFERENCE_BYTES);
  const out: Buffer[] = [];
  let at = 0;
  for (const { offset, id } of referred) {
    if (offset < at || offset > rest.length)
      throw new RebuildError('skeleton_broken', 'a reference stands at no place');
    const bytes = pieceOf(id);
    if (bytes === undefined) throw new RebuildError('piece_missing', `piece ${id} is not stored`);
    if (pieceId(bytes) !== id) throw new RebuildError('piece_altered', `piece ${id} holds other bytes`);
    out.push(rest.subarray(at, offset), bytes);
    at = offset;
  }
  return Buffer.concat([...out, rest.subarray(at)]);
}

function references(skeleton: Buffer): { offset: number; id: string }[] {
  if (skeleton.length < HEAD_BYTES || skeleton[0] !== FORMAT) {
    throw new RebuildError('skeleton_broken', 'the skeleton has no known format');
  }
  const count = skeleton.readUInt32BE(1);
  if (HEAD_BYTES + count * REFERENCE_BYTES > skeleton.length) {
    throw new RebuildError('skeleton_broken', 'the skeleton ends in its references');
  }
  return Array.from({ length: count }, (_none, n) => {
    const at = HEAD_BYTES + n * REFERENCE_BYTES;
    return { offset: skeleton.readUInt32BE(at), id: skeleton.toString('hex', at + 4, at + REFERENCE_BYTES) };
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { decodeFrame, frameLength, type TranscriptHead } from '@weir/contracts';

export interface SpooledCall {
  readonly head: TranscriptHead;
  /** As kept, without zstd. */
  readonly request: Buffer;
  readonly response: Buffer;
}

const plain = (bytes: Uint8Array): Buffer => (bytes.length === 0 ? Buffer.alloc(0) : zstdDecompressSync(bytes));

/** The whole frames in some bytes, one after the other. */
export function callsIn(bytes: Buffer): SpooledCall[] {
  const calls: SpooledCall[] = [];
  let at = 0;
  for (let length = frameLength(bytes, at); length !== null; length = frameLength(bytes, at)) {
    const { head, request, response } = decodeFrame(bytes.subarray(at, at + length));
    calls.push({ head, request: plain(request), response: plain(response) });
    at += length;
  }
  return calls;
}

export function filesUnder(directory: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      // Between the two looks a file may have been ended, which renames it, or shipped, after which it is gone.
      const bytes = read(path) ?? read(path.replace(/\.open$/, '.batch'));
      return bytes === null ? [] : [{ path, bytes }];
    });
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

const isSpooled = (path: string): boolean => /\.(open|batch)$/.test(path);

/** Calls in the spools of a home. */
export function spooledCalls(home: string): SpooledCall[] {
  return filesUnder(home).flatMap(({ path, bytes }) => (isSpooled(path) ? callsIn(bytes) : []));
}

/** Files of a home that hold the text, also where it is compressed. */
export function filesWith(home: string, text: string): string[] {
  return filesUnder(home)
    .filter(({ path, bytes }) => {
      const calls = isSpooled(path) ? callsIn(bytes) : [];
      const heads = calls.map(({ head }) => Buffer.from(JSON.stringify(head)));
      return [bytes, ...heads, ...calls.flatMap(({ request, response }) => [request, response])].some((each) =>
        each.includes(text),
      );
    })
    .map(({ path }) => path);
}

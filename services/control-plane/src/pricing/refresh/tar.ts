const BLOCK_BYTES = 512;

/** Content of the first plain file of that name, in whatever folder; null = there is none, or this is no tar archive. */
export function findInTar(archive: Buffer, name: string): Buffer | null {
  for (let offset = 0; offset + BLOCK_BYTES <= archive.length; ) {
    const header = archive.subarray(offset, offset + BLOCK_BYTES);
    if (text(header, 257, 5) !== 'ustar') return null;
    const sizeBytes = Number.parseInt(text(header, 124, 12), 8);
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return null;
    const start = offset + BLOCK_BYTES;
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (isFile && text(header, 0, 100).split('/').at(-1) === name) return archive.subarray(start, start + sizeBytes);
    offset = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return null;
}

/** A field ends at its first NUL or space. */
function text(header: Buffer, at: number, lengthBytes: number): string {
  return header.toString('latin1', at, at + lengthBytes).replace(/[\0 ].*$/s, '');
}

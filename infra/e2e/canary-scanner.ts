import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Twelve characters of a secret are more than anybody should find; encodings are cut into pieces that hold as many. */
const WINDOW_CHARACTERS = 12;
const PREFIX_BYTES = 4;

/** The ways a value may be written down by somebody who did not mean to. */
export function spellings(value: string): Record<string, string> {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  // In the middle of a longer text, base64 looks different at each of three offsets; its ends belong to the neighbours.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : offset + 1, -1),
  );
  const web = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return {
    raw: value,
    'JSON-escaped': json,
    'JSON-escaped with slashes': json.replaceAll('/', '\\/'),
    'URL-encoded': url,
    'URL-encoded in lower case': url.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
    'form-encoded': new URLSearchParams([['', value]]).toString().slice(1),
    hex: bytes.toString('hex'),
    'hex in capitals': bytes.toString('hex').toUpperCase(),
    reversed: [...value].reverse().join(''),
    ...Object.fromEntries(base64.map((text, offset) => [`base64 at offset ${offset}`, text])),
    ...Object.fromEntries(web.map((text, offset) => [`base64url at offset ${offset}`, text])),
  };
}

function windowOf(spelling: string): number {
  if (spelling.startsWith('hex')) return WINDOW_CHARACTERS * 2;
  return spelling.startsWith('base64') ? (WINDOW_CHARACTERS * 4) / 3 : WINDOW_CHARACTERS;
}

interface Needle {
  readonly bytes: Buffer;
  readonly label: string;
}

/** Finds values, whole, encoded or in pieces, in one pass over any bytes. */
export class CanaryScanner {
  private readonly needles = new Map<number, Needle[]>();
  /** Most places of most files are ruled out by this alone. */
  private readonly isPossible = new Uint8Array(0x1_0000);

  constructor(values: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(values)) {
      for (const [spelling, text] of Object.entries(spellings(value))) {
        const characters = [...text];
        const width = windowOf(spelling);
        if (characters.length < width) throw new RangeError(`${name} is too short to be looked for as ${spelling}`);
        for (let at = 0; at + width <= characters.length; at++) {
          this.add(Buffer.from(characters.slice(at, at + width).join('')), `${name}, ${spelling}`);
        }
      }
    }
  }

  /** What was found, each finding once. */
  scan(bytes: Buffer): string[] {
    const found = new Set<string>();
    for (let at = 0; at + PREFIX_BYTES <= bytes.length; at++) {
      const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      if (this.isPossible[low] === 0) continue;
      for (const { bytes: wanted, label } of this.needles.get(bytes.readUInt32LE(at)) ?? []) {
        if (
          bytes.length - at >= wanted.length &&
          bytes.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0
        ) {
          found.add(label);
        }
      }
    }
    return [...found];
  }

  private add(bytes: Buffer, label: string): void {
    const prefix = bytes.readUInt32LE(0);
    this.isPossible[prefix & 0xffff] = 1;
    this.needles.set(prefix, [...(this.needles.get(prefix) ?? []), { bytes, label }]);
  }
}

/** Every file below a folder, by its path from there. Files that go while this runs are files that are gone. */
export function* filesBelow(folder: string): Generator<[path: string, bytes: Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      yield [path.slice(folder.length + 1), readFileSync(path)];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

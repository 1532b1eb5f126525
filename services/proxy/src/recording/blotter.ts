import { publicIdOf } from '@weir/contracts';
import { MASK, spellingsOf, WINDOW_CHARACTERS } from '../metering/credential-mask.js';

const GRAM_BYTES = 4;
const SLOT_BITS = 16;
const GOLDEN_RATIO = 0x9e37_79b1;
const TOKEN_START = Buffer.from('weir_');
const TOKEN_CHARACTERS = 67;

interface Stretch {
  readonly start: number;
  end: number;
}

/**
 * Blots credentials out of bytes that are to be kept: those it is made for, in whole or in part and however spelt, and
 * every gateway token. As a stretch that matters is at least a window long, looking at every ninth place finds all of
 * them: about 0.3 ms per MB where there are none.
 */
export class Blotter {
  private readonly windows = new Set<string>();
  private readonly grams = new Set<number>();
  private readonly slots: Uint8Array | null = null;
  private readonly width: number = WINDOW_CHARACTERS;

  /** @param secrets none is shorter than 8 characters: a placeholder is no secret */
  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) return;
    this.width = Math.min(WINDOW_CHARACTERS, ...secrets.map((secret) => Buffer.byteLength(secret)));
    this.slots = new Uint8Array(1 << SLOT_BITS);
    for (const spelling of secrets.flatMap(spellingsOf).map((text) => Buffer.from(text))) {
      for (let at = 0; at + GRAM_BYTES <= spelling.length; at++) {
        const gram = gramAt(spelling, at);
        this.grams.add(gram);
        this.slots[slotOf(gram)] = 1;
        if (at + this.width <= spelling.length) this.windows.add(spelling.toString('latin1', at, at + this.width));
      }
    }
  }

  /** The same bytes where nothing was found; `count` stretches were replaced otherwise. */
  blot(bytes: Buffer): { readonly bytes: Buffer; readonly count: number } {
    const found = united([...this.credentialsIn(bytes), ...tokensIn(bytes)]);
    if (found.length === 0) return { bytes, count: 0 };
    const parts: Buffer[] = [];
    let kept = 0;
    for (const { start, end } of found) {
      parts.push(bytes.subarray(kept, start), Buffer.from(MASK));
      kept = end;
    }
    return { bytes: Buffer.concat([...parts, bytes.subarray(kept)]), count: found.length };
  }

  isIn(bytes: Buffer): boolean {
    return this.credentialsIn(bytes).length > 0 || tokensIn(bytes).length > 0;
  }

  text(text: string): string {
    const { bytes, count } = this.blot(Buffer.from(text));
    return count === 0 ? text : bytes.toString();
  }

  private credentialsIn(bytes: Buffer): Stretch[] {
    const found: Stretch[] = [];
    const { slots, grams, width } = this;
    if (slots === null) return found;
    const step = width - GRAM_BYTES + 1;
    for (let at = 0; at + GRAM_BYTES <= bytes.length; at += step) {
      const gram = gramAt(bytes, at);
      if (slots[slotOf(gram)] !== 1 || !grams.has(gram)) continue;
      const last = Math.min(at, bytes.length - width);
      for (let start = Math.max(0, at - step + 1); start <= last; start++) {
        if (this.windows.has(bytes.toString('latin1', start, start + width))) found.push({ start, end: start + width });
      }
    }
    return found;
  }
}

function gramAt(bytes: Buffer, at: number): number {
  const [a, b, c, d] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]] as [number, number, number, number];
  return a | (b << 8) | (c << 16) | (d << 24);
}

function slotOf(gram: number): number {
  return Math.imul(gram, GOLDEN_RATIO) >>> (32 - SLOT_BITS);
}

function tokensIn(bytes: Buffer): Stretch[] {
  const found: Stretch[] = [];
  for (let at = bytes.indexOf(TOKEN_START); at >= 0; at = bytes.indexOf(TOKEN_START, at + 1)) {
    const end = at + TOKEN_CHARACTERS;
    if (publicIdOf(bytes.toString('latin1', at, end)) !== null) found.push({ start: at, end });
  }
  return found;
}

function united(found: Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const each of found.sort((a, b) => a.start - b.start)) {
    const last = stretches.at(-1);
    if (last === undefined || each.start > last.end) stretches.push({ ...each });
    else last.end = Math.max(last.end, each.end);
  }
  return stretches;
}

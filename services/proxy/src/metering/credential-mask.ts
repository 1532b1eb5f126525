import type { RawHeaders } from '@weir/providers';
import type { OpenEvent } from './event.js';

export const MASK = '[credential]';
/** As much of a value in a row as could help anybody. */
export const WINDOW_CHARACTERS = 12;
/** Below this a value is a placeholder such as `ollama`, and a word that model names hold too. */
const SECRET_FROM_CHARACTERS = 8;
const SLOTS = 0x4000;
const MAX_REMEMBERED = 256;

/** Fields of an event that an upstream words. */
const WORDED = ['servedModel', 'serviceTier', 'errorCode', 'upstreamRequestId', 'providerStatedCostUsd'] as const;

/** The value as somebody who echoes it, or a header that holds it, may write it. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // In the middle of longer encoded text, base64 looks different at each of three offsets.
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : offset + 1, -1),
  );
  const json = JSON.stringify(secret).slice(1, -1);
  const hex = bytes.toString('hex');
  return [
    ...[secret, json, json.replaceAll('/', '\\/'), encodeURIComponent(secret), [...secret].reverse().join('')],
    ...[hex, hex.toUpperCase(), ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))],
  ];
}

/**
 * Keeps a credential out of the events of the calls it was sent with. Some upstreams repeat what they were sent, in
 * request ids, error codes, model names, and those are stored. Costs about a microsecond where nothing is found.
 */
export class CredentialMask {
  private readonly windows = new Set<string>();
  /** Slots of the first four characters of each window; nearly every place of a text is ruled out by it. */
  private readonly slots: Uint8Array | null = null;
  private readonly width: number = WINDOW_CHARACTERS;
  /** What it looks for; placeholders are left out. */
  readonly secrets: readonly string[];

  constructor(values: readonly string[]) {
    const secrets = values.filter((value) => value.length >= SECRET_FROM_CHARACTERS);
    this.secrets = secrets;
    if (secrets.length === 0) return;
    this.width = Math.min(WINDOW_CHARACTERS, ...secrets.map(({ length }) => length));
    this.slots = new Uint8Array(SLOTS);
    for (const spelling of secrets.flatMap(spellingsOf)) {
      for (let at = 0; at + this.width <= spelling.length; at++) {
        this.windows.add(spelling.slice(at, at + this.width));
        this.slots[slotAt(spelling, at)] = 1;
      }
    }
  }

  /** Blots out every field that holds a part of the credential. Usage that does is dropped as text; its counts stay. */
  apply(event: OpenEvent): void {
    if (this.slots === null) return;
    for (const field of WORDED) {
      const text = event[field];
      if (text !== null && this.isIn(text)) event[field] = MASK;
    }
    if (event.rawUsage !== null && this.isIn(event.rawUsage)) event.rawUsage = null;
  }

  private isIn(text: string): boolean {
    const slots = this.slots as Uint8Array;
    const last = text.length - this.width;
    for (let at = 0; at <= last; at++) {
      if (slots[slotAt(text, at)] === 1 && this.windows.has(text.slice(at, at + this.width))) return true;
    }
    return false;
  }
}

function slotAt(text: string, at: number): number {
  const first = text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 5);
  return (first ^ (text.charCodeAt(at + 2) << 7) ^ (text.charCodeAt(at + 3) << 3)) & (SLOTS - 1);
}

const remembered = new Map<string, CredentialMask>();

/** @param credential the header pairs that were sent upstream to identify somebody, ours or the caller's own. */
export function maskFor(credential: RawHeaders): CredentialMask {
  const values = credential
    .filter((_text, index) => index % 2 === 1)
    .map((text) => text.replace(/^(bearer|basic) +/i, ''));
  const key = values.join('\n');
  let mask = remembered.get(key);
  if (mask === undefined) {
    if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    mask = new CredentialMask(values);
    remembered.set(key, mask);
  }
  return mask;
}

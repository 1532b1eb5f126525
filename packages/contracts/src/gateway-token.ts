import { createHmac, randomBytes } from 'node:crypto';
import { crc32c } from './crc32c.js';
import type { MasterKey } from './master-key.js';

/**
 * `weir_<publicId>_<secret><checksum>`: 12 + 43 + 6 characters of base62. The secret part carries 256 bits.
 * The checksum lets a secret scanner, or a person who cut the end off while copying, tell a damaged token at once.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TOKEN = /^weir_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text;
  return text;
}

function randomBase62(length: number): string {
  // 32 spare bits make the modulo bias smaller than 2^-32.
  const bytes = Math.ceil((length * 6) / 8) + 4;
  return base62(BigInt(`0x${randomBytes(bytes).toString('hex')}`), length);
}

function checksum(text: string): string {
  return base62(BigInt(crc32c(Buffer.from(text))), 6);
}

export interface MintedToken {
  /** Shown once, never stored. */
  readonly token: string;
  readonly publicId: string;
  /** base64 HMAC-SHA256 of the token; all that is stored. */
  readonly digest: string;
}

export function mintToken(master: MasterKey): MintedToken {
  const publicId = randomBase62(12);
  const body = `weir_${publicId}_${randomBase62(43)}`;
  const token = body + checksum(body);
  return { token, publicId, digest: digestToken(master, token) };
}

/** The public id of a well-formed token whose checksum holds; null for anything else. */
export function publicIdOf(token: string): string | null {
  const match = TOKEN.exec(token);
  if (!match) return null;
  return checksum(token.slice(0, -6)) === match[3] ? (match[1] as string) : null;
}

/** base64 of HMAC-SHA256 over the whole token. Compare with `timingSafeEqual`. */
export function digestToken(master: MasterKey, token: string): string {
  return createHmac('sha256', master.tokenPepper).update(token).digest('base64');
}

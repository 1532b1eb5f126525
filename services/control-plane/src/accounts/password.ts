import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Throttled } from '../platform/errors.js';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. About 30 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const STORED = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/** Hashing is the one costly thing strangers can ask for: so many at once, so many in line, the rest come back later. */
const AT_ONCE = 2;
const IN_LINE = 40;

/** The same text however a keyboard composed it. */
export const password = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(256, 'must have at most 256 characters')
  .transform((text) => text.normalize('NFKC'));

const derive = promisify(argon2);
let running = 0;
const waiting: (() => void)[] = [];

async function hash(
  text: string,
  salt: Buffer,
  cost: typeof COST | Record<keyof typeof COST, number>,
): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= IN_LINE) throw new Throttled('OVERLOADED', 'Too many people are signing in right now.', 2);
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await derive('argon2id', { message: text, nonce: salt, tagLength: TAG_BYTES, ...cost });
  } finally {
    // The slot goes to the next in line as it is, so it is not counted twice.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** @returns `argon2id$m=..,t=..,p=..$salt$hash` */
export async function hashPassword(text: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await hash(text, salt, COST);
  const { memory, passes, parallelism } = COST;
  return `argon2id$m=${memory},t=${passes},p=${parallelism}$${salt.toString('base64')}$${tag.toString('base64')}`;
}

/**
 * Whether `text` is the password behind `stored`. Costs the same for an account that does not exist or has no password
 * yet (`stored` null), so that nobody learns which e-mails are known.
 */
export async function verifyPassword(text: string, stored: string | null): Promise<boolean> {
  const match = stored === null ? null : STORED.exec(stored);
  if (!match) {
    await hash(text, randomBytes(SALT_BYTES), COST);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const expected = Buffer.from(tag, 'base64');
  const given = await hash(text, Buffer.from(salt, 'base64'), cost);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

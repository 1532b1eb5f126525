import { randomFillSync } from 'node:crypto';

const pool = Buffer.allocUnsafe(8_192);
let at = pool.length;

function randomHex(bytes: number): string {
  if (at + bytes > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  at += bytes;
  const hex = pool.toString('hex', at - bytes, at);
  return /[^0]/.test(hex) ? hex : randomHex(bytes);
}

/** 32 hex digits at random, not all of them 0. */
export const newTraceId = (): string => randomHex(16);
/** 16 hex digits at random, not all of them 0. */
export const newSpanId = (): string => randomHex(8);

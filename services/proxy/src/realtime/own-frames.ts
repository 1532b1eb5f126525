import { randomBytes } from 'node:crypto';

/** Opcodes of RFC 6455 section 5.2, with the bit of a frame that is whole. */
const TEXT = 0x81;
const CLOSE = 0x88;
const PONG = 0x8a;

const MAX_CONTROL_BYTES = 125;

/** Frames the proxy words itself. Those for an upstream are masked, as a client's have to be. */
export type Recipient = 'client' | 'upstream';

/** @param code of RFC 6455 section 7.4.1 */
export function closeFrame(code: number, reason: string, to: Recipient): Buffer {
  const text = Buffer.from(reason).subarray(0, MAX_CONTROL_BYTES - 2);
  return frame(CLOSE, Buffer.concat([Buffer.from([code >> 8, code & 0xff]), text]), to);
}

export function pongFrame(payload: Buffer, to: Recipient): Buffer {
  return frame(PONG, payload, to);
}

export function textFrame(text: string, to: Recipient): Buffer {
  return frame(TEXT, Buffer.from(text), to);
}

function frame(first: number, payload: Buffer, to: Recipient): Buffer {
  const masked = to === 'upstream' ? 0x80 : 0;
  const { length } = payload;
  const head =
    length <= MAX_CONTROL_BYTES ? [first, masked | length] : [first, masked | 126, (length >> 8) & 0xff, length & 0xff];
  if (to === 'client') return Buffer.concat([Buffer.from(head), payload]);
  const mask = randomBytes(4);
  return Buffer.concat([Buffer.from(head), mask, payload.map((byte, at) => byte ^ (mask[at & 3] as number))]);
}

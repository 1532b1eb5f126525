import { crc32 } from 'node:zlib';

const STRING = 7;

/** One message of AWS's event stream. (https://smithy.io/2.0/aws/amazon-eventstream.html) */
export function awsMessage(headers: Readonly<Record<string, string>>, payload: unknown): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.from([Buffer.byteLength(value) >> 8, Buffer.byteLength(value) & 0xff]);
      return Buffer.concat([
        Buffer.from([name.length]),
        Buffer.from(name),
        Buffer.from([STRING]),
        length,
        Buffer.from(value),
      ]);
    }),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, head, body]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(message));
  return Buffer.concat([message, checksum]);
}

export const awsEvent = (name: string, payload: unknown): Buffer =>
  awsMessage({ ':message-type': 'event', ':event-type': name }, payload);

export const awsChunk = (event: unknown): Buffer =>
  awsEvent('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abc' });

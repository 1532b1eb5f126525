import { crc32 } from 'node:zlib';
import { HeldBytes } from '../../sse/held-bytes.js';
import { type MessageHeaders, readHeaders } from './message-headers.js';

/** Total length, header length, checksum of both. */
const PRELUDE_BYTES = 12;
const PRELUDE_CRC_AT = 8;
const CHECKSUM_BYTES = 4;
/** The format's own limit; a longer section is no event stream of AWS. */
const HEADERS_MAX_BYTES = 131_072;

const Part = { Prelude: 0, Headers: 1, Payload: 2, Checksum: 3, Lost: 4 } as const;
type Part = (typeof Part)[keyof typeof Part];

/** What is told of each message, in its order. A payload comes in any number of pieces. */
export interface MessageSink {
  begin(headers: MessageHeaders): void;
  payload(bytes: Buffer, from: number, to: number): void;
  /** `isIntact`: the message's checksum holds; what a damaged message said must not be believed. */
  end(isIntact: boolean): void;
}

interface LastHeaders {
  readonly bytes: Buffer;
  readonly read: MessageHeaders;
}

/**
 * Reads AWS's binary event stream beside its way to the client, however its bytes are cut. Holds one message's prelude
 * and headers, never its payload, whose size is bounded by the format alone. A damaged message is told of and left; a
 * damaged prelude ends the reading, since nobody can say where the next message begins. Never throws.
 * (https://smithy.io/2.0/aws/amazon-eventstream.html)
 */
export class MessageReader {
  private part: Part = Part.Prelude;
  private readonly held = new HeldBytes();
  private headersBytes = 0;
  private payloadLeft = 0;
  private checksum = 0;
  private lastHeaders: LastHeaders | null = null;

  constructor(private readonly sink: MessageSink) {}

  /** Nothing more can be read: the bytes are no event stream, or stopped being one. */
  get isLost(): boolean {
    return this.part === Part.Lost;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      switch (this.part) {
        case Part.Prelude:
          at = this.readPrelude(chunk, at);
          break;
        case Part.Headers:
          at = this.readHeaders(chunk, at);
          break;
        case Part.Payload:
          at = this.readPayload(chunk, at);
          break;
        case Part.Checksum:
          at = this.readChecksum(chunk, at);
          break;
        default:
          return;
      }
    }
  }

  private readPrelude(chunk: Buffer, at: number): number {
    const wholeEnd = this.held.length === 0 ? this.readWhole(chunk, at) : -1;
    if (wholeEnd >= 0) return wholeEnd;
    const end = this.gather(chunk, at, PRELUDE_BYTES);
    if (this.held.length < PRELUDE_BYTES) return end;
    const prelude = this.held.view();
    const totalBytes = prelude.readUInt32BE(0);
    this.headersBytes = prelude.readUInt32BE(4);
    this.payloadLeft = totalBytes - PRELUDE_BYTES - this.headersBytes - CHECKSUM_BYTES;
    const isIntact = prelude.readUInt32BE(PRELUDE_CRC_AT) === crc32(prelude.subarray(0, PRELUDE_CRC_AT));
    if (!isIntact || this.payloadLeft < 0 || this.headersBytes > HEADERS_MAX_BYTES) {
      this.part = Part.Lost;
      return chunk.length;
    }
    this.checksum = crc32(prelude);
    this.held.clear();
    if (this.headersBytes === 0) this.beginPayload(prelude, 0, 0);
    else this.part = Part.Headers;
    return end;
  }

  /** Nearly every message lies whole in its chunk. Returns its end; -1 when it does not, or may not be one. */
  private readWhole(chunk: Buffer, at: number): number {
    if (chunk.length - at < PRELUDE_BYTES + CHECKSUM_BYTES) return -1;
    const totalBytes = chunk.readUInt32BE(at);
    const payloadAt = at + PRELUDE_BYTES + chunk.readUInt32BE(at + 4);
    const end = at + totalBytes;
    const payloadEnd = end - CHECKSUM_BYTES;
    if (end > chunk.length || payloadAt > payloadEnd || payloadAt - at > HEADERS_MAX_BYTES) return -1;
    const preludeCrc = crc32(chunk.subarray(at, at + PRELUDE_CRC_AT));
    if (chunk.readUInt32BE(at + PRELUDE_CRC_AT) !== preludeCrc) return -1;
    this.sink.begin(this.headersOf(chunk, at + PRELUDE_BYTES, payloadAt));
    if (payloadAt < payloadEnd) this.sink.payload(chunk, payloadAt, payloadEnd);
    this.sink.end(chunk.readUInt32BE(payloadEnd) === crc32(chunk.subarray(at, payloadEnd)));
    return end;
  }

  /** The headers of a stream's messages are mostly those of the message before. */
  private headersOf(bytes: Buffer, from: number, to: number): MessageHeaders {
    const { lastHeaders } = this;
    if (lastHeaders === null || bytes.compare(lastHeaders.bytes, 0, lastHeaders.bytes.length, from, to) !== 0) {
      const own = Buffer.from(bytes.subarray(from, to));
      this.lastHeaders = { bytes: own, read: readHeaders(own, 0, own.length) };
    }
    return (this.lastHeaders as LastHeaders).read;
  }

  private readHeaders(chunk: Buffer, at: number): number {
    const length = this.headersBytes;
    if (this.held.length === 0 && chunk.length - at >= length) {
      this.beginPayload(chunk, at, at + length);
      return at + length;
    }
    const end = this.gather(chunk, at, length);
    if (this.held.length === length) {
      this.beginPayload(this.held.view(), 0, length);
      this.held.clear();
    }
    return end;
  }

  private beginPayload(bytes: Buffer, from: number, to: number): void {
    this.checksum = crc32(bytes.subarray(from, to), this.checksum);
    this.sink.begin(this.headersOf(bytes, from, to));
    this.part = this.payloadLeft === 0 ? Part.Checksum : Part.Payload;
  }

  private readPayload(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + this.payloadLeft);
    this.payloadLeft -= end - at;
    this.checksum = crc32(chunk.subarray(at, end), this.checksum);
    this.sink.payload(chunk, at, end);
    if (this.payloadLeft === 0) this.part = Part.Checksum;
    return end;
  }

  private readChecksum(chunk: Buffer, at: number): number {
    const end = this.gather(chunk, at, CHECKSUM_BYTES);
    if (this.held.length < CHECKSUM_BYTES) return end;
    const isIntact = this.held.view().readUInt32BE(0) === this.checksum;
    this.held.clear();
    this.part = Part.Prelude;
    this.sink.end(isIntact);
    return end;
  }

  /** Holds bytes until there are `length` of them; returns where the rest of the chunk begins. */
  private gather(chunk: Buffer, at: number, length: number): number {
    const end = Math.min(chunk.length, at + length - this.held.length);
    this.held.add(chunk, at, end);
    return end;
  }
}

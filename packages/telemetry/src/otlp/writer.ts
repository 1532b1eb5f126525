const FIRST_BYTES = 1_024;
/** Below it, copying characters one by one is faster than asking Node to. */
const NATIVE_FROM = 64;
const TWO_32 = 2 ** 32;
const NANOS_PER_SECOND = 1_000_000_000;

/** Writes protobuf (https://protobuf.dev/programming-guides/encoding/) into memory that grows with it. */
export class ProtobufWriter {
  private memory = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private at = 0;

  get length(): number {
    return this.at;
  }

  /** What was written; it is written over after `clear`. */
  get bytes(): Buffer {
    return this.memory.subarray(0, this.at);
  }

  clear(): this {
    this.at = 0;
    return this;
  }

  /** A byte as it is: most field numbers with their types are one. */
  byte(value: number): void {
    this.room(1);
    this.memory[this.at++] = value;
  }

  /** @param value a whole number from 0 on */
  varint(value: number): void {
    this.room(10);
    let left = value;
    while (left >= 0x80) {
      this.memory[this.at++] = (left % 0x80) | 0x80;
      left = Math.floor(left / 0x80);
    }
    this.memory[this.at++] = left;
  }

  fixed32(value: number): void {
    this.room(4);
    this.at = this.memory.writeUInt32LE(value, this.at);
  }

  double(value: number): void {
    this.room(8);
    this.at = this.memory.writeDoubleLE(value, this.at);
  }

  /** A point in time as nanoseconds in 8 bytes, more than a number can hold. @param ms UTC epoch ms, with fractions */
  nanos(ms: number): void {
    const seconds = Math.floor(ms / 1_000);
    const low = (seconds % 65_536) * NANOS_PER_SECOND + Math.round((ms - seconds * 1_000) * 1e6);
    const high = Math.floor(seconds / 65_536) * NANOS_PER_SECOND;
    const lowest = (high % 65_536) * 65_536 + (low % TWO_32);
    this.fixed32(lowest % TWO_32);
    this.fixed32(Math.floor(high / 65_536) + Math.floor(low / TWO_32) + Math.floor(lowest / TWO_32));
  }

  /** A length and so many bytes. */
  delimited(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.memory.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** @param digits hex, two for each byte */
  hex(digits: string): void {
    const size = digits.length / 2;
    this.varint(size);
    this.room(size);
    this.at += this.memory.write(digits, this.at, 'hex');
  }

  text(value: string): void {
    this.sizedText(value, Buffer.byteLength(value));
  }

  /** @param size its bytes as UTF-8 */
  sizedText(value: string, size: number): void {
    this.varint(size);
    this.room(size);
    if (size !== value.length || size >= NATIVE_FROM) this.at += this.memory.write(value, this.at);
    else for (let index = 0; index < size; index++) this.memory[this.at++] = value.charCodeAt(index);
  }

  private room(size: number): void {
    if (this.at + size <= this.memory.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.memory.length * 2, this.at + size));
    larger.set(this.bytes);
    this.memory = larger;
  }
}

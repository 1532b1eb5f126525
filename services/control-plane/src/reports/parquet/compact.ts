/**
 * Thrift's compact protocol, read into a tree and written back, fields that are not known included.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
const TYPE = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
};

export interface Struct {
  readonly fields: Map<number, Field>;
}
export interface List {
  readonly of: number;
  readonly items: Value[];
}
interface Pairs {
  readonly types: number;
  readonly items: readonly (readonly [Value, Value])[];
}
/** Whole numbers are bigints, binaries and doubles bytes, booleans booleans. */
export type Value = bigint | boolean | Uint8Array | Struct | List | Pairs;
export interface Field {
  readonly type: number;
  readonly value: Value;
}

/** @throws Error when the bytes end early or hold what the protocol does not know */
export function readStruct(bytes: Uint8Array): Struct {
  return new Source(bytes).struct();
}

export function writeStruct(struct: Struct): Uint8Array {
  const bytes: number[] = [];
  putStruct(bytes, struct);
  return Uint8Array.from(bytes);
}

class Source {
  #at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  struct(): Struct {
    const fields = new Map<number, Field>();
    for (let id = 0; ; ) {
      const header = this.#byte();
      if (header === 0) return { fields };
      id = header >> 4 === 0 ? Number(this.#zigzag()) : id + (header >> 4);
      const type = header & 15;
      const isFlag = type === TYPE.true || type === TYPE.false;
      fields.set(id, { type, value: isFlag ? type === TYPE.true : this.#value(type) });
    }
  }

  #value(type: number): Value {
    switch (type) {
      case TYPE.true:
      case TYPE.false:
        return this.#byte() === TYPE.true;
      case TYPE.byte:
        return BigInt(this.#byte());
      case TYPE.i16:
      case TYPE.i32:
      case TYPE.i64:
        return this.#zigzag();
      case TYPE.double:
        return this.#take(8);
      case TYPE.binary:
        return this.#take(Number(this.#varint()));
      case TYPE.list:
      case TYPE.set: {
        const header = this.#byte();
        const size = header >> 4 === 15 ? Number(this.#varint()) : header >> 4;
        return { of: header & 15, items: Array.from({ length: size }, () => this.#value(header & 15)) };
      }
      case TYPE.map: {
        const size = Number(this.#varint());
        const types = size === 0 ? 0 : this.#byte();
        const pair = () => [this.#value(types >> 4), this.#value(types & 15)] as const;
        return { types, items: Array.from({ length: size }, pair) };
      }
      case TYPE.struct:
        return this.struct();
      default:
        throw new Error(`there is no compact type ${type}`);
    }
  }

  #byte(): number {
    const byte = this.bytes[this.#at++];
    if (byte === undefined) throw new Error('the structure ends early');
    return byte;
  }

  #take(size: number): Uint8Array {
    const taken = this.bytes.subarray(this.#at, this.#at + size);
    if (taken.length !== size) throw new Error('the structure ends early');
    this.#at += size;
    return taken;
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  #zigzag(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }
}

function putStruct(bytes: number[], { fields }: Struct): void {
  let last = 0;
  for (const [id, { type, value }] of [...fields].sort(([a], [b]) => a - b)) {
    const step = id - last;
    if (step > 0 && step < 16) bytes.push((step << 4) | type);
    else {
      bytes.push(type);
      putZigzag(bytes, BigInt(id));
    }
    last = id;
    if (typeof value !== 'boolean') putValue(bytes, type, value);
  }
  bytes.push(0);
}

function putValue(bytes: number[], type: number, value: Value): void {
  if (typeof value === 'boolean') bytes.push(value ? TYPE.true : TYPE.false);
  else if (typeof value === 'bigint') type === TYPE.byte ? bytes.push(Number(value)) : putZigzag(bytes, value);
  else if (value instanceof Uint8Array) {
    if (type === TYPE.binary) putVarint(bytes, BigInt(value.length));
    for (const byte of value) bytes.push(byte);
  } else if ('fields' in value) putStruct(bytes, value);
  else if ('of' in value) {
    const size = value.items.length;
    bytes.push((Math.min(size, 15) << 4) | value.of);
    if (size >= 15) putVarint(bytes, BigInt(size));
    for (const item of value.items) putValue(bytes, value.of, item);
  } else {
    putVarint(bytes, BigInt(value.items.length));
    if (value.items.length > 0) bytes.push(value.types);
    for (const [key, item] of value.items) {
      putValue(bytes, value.types >> 4, key);
      putValue(bytes, value.types & 15, item);
    }
  }
}

function putVarint(bytes: number[], value: bigint): void {
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
}

function putZigzag(bytes: number[], value: bigint): void {
  putVarint(bytes, value < 0n ? -value * 2n - 1n : value * 2n);
}

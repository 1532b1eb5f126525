import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Field, readStruct, type Struct, writeStruct } from './compact.js';

const BINARY = 8;
const I64 = 6;
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ type: I64, value })),
  fc.uint8Array({ maxLength: 200 }).map((value) => ({ type: BINARY, value })),
  fc.boolean().map((value) => ({ type: value ? 1 : 2, value })),
  fc
    .array(fc.bigInt({ min: -99n, max: 99n }), { maxLength: 40 })
    .map((items) => ({ type: 9, value: { of: I64, items } })),
  fc.uint8Array({ minLength: 8, maxLength: 8 }).map((value) => ({ type: 7, value })),
);
const struct = (fields: fc.Arbitrary<Field>): fc.Arbitrary<Struct> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fields), { maxLength: 12 }).map((pairs) => ({
    fields: new Map(pairs.sort(([a], [b]) => a - b)),
  }));
const nested = struct(
  fc.oneof(
    field,
    struct(field).map((value) => ({ type: 12, value })),
    fc.array(struct(field), { maxLength: 20 }).map((items) => ({ type: 9, value: { of: 12, items } })),
    fc
      .array(fc.tuple(fc.uint8Array(), fc.bigInt({ min: 0n, max: 9n })), { minLength: 1, maxLength: 4 })
      .map((items) => ({
        type: 11,
        value: { types: (BINARY << 4) | I64, items },
      })),
  ),
);

it('what is read and written again is the same, known or not', () => {
  fc.assert(
    fc.property(nested, (value) => {
      expect(readStruct(writeStruct(value))).toEqual(value);
    }),
  );
});

it('reads the bytes that the specification gives: zigzag varints behind field headers', () => {
  // Field 1: i32 50; field 20, far behind: i64 -1; field 21: true.
  const bytes = Uint8Array.of(0x15, 100, 0x06, 40, 1, 0x11, 0);
  const value: Struct = {
    fields: new Map([
      [1, { type: 5, value: 50n }],
      [20, { type: I64, value: -1n }],
      [21, { type: 1, value: true }],
    ]),
  };
  expect(readStruct(bytes)).toEqual(value);
  expect(writeStruct(value)).toEqual(bytes);
});

it('a structure that ends early is said to', () => {
  expect(() => readStruct(Uint8Array.of(0x18, 5, 1, 2))).toThrow('ends early');
  expect(() => readStruct(Uint8Array.of(0x1f))).toThrow('type 15');
});

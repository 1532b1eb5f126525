import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemberPaths, MemberScanner } from './member-scanner.js';

const PATHS = new MemberPaths(['usage', 'response.usage', 'response.model']);

function scan(json: string, cuts: readonly number[] = [], paths = PATHS, limit?: number): MemberScanner {
  const scanner = new MemberScanner(paths, limit);
  const bytes = Buffer.from(json);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const end of [...ends, bytes.length]) {
    scanner.push(bytes, from, end);
    from = end;
  }
  return scanner;
}

const member = fc.constantFrom('usage', 'model', 'response', 'x', 'us\\u0061ge', 'a"b', '__proto__');
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.dictionary(member, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('MemberScanner', () => {
  it('finds what JSON.parse finds, however the bytes are cut and spaced', () => {
    fc.assert(
      fc.property(
        fc.dictionary(member, value),
        fc.array(fc.nat()),
        fc.constantFrom(0, 1, '\r\n\t'),
        (object, cuts, gap) => {
          const json = JSON.stringify(object, null, gap);
          const parsed = JSON.parse(json) as Record<string, Record<string, unknown> | undefined>;
          const scanner = scan(json, cuts);
          expect(scanner.isDone).toBe(true);
          expect(scanner.value('usage')).toEqual(Object.hasOwn(parsed, 'usage') ? parsed.usage : undefined);
          const inner = Object.hasOwn(parsed, 'response') ? parsed.response : undefined;
          const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
          for (const name of ['usage', 'model']) {
            const wanted = isObject && Object.hasOwn(inner, name) ? inner[name] : undefined;
            expect(scanner.value(`response.${name}`)).toEqual(wanted);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps the text as it was sent, with its place', () => {
    const json = '{"a":[{"usage":1}], "usage" : {"n" : 1.50 , "s":"}\\"{"} ,"z":null}';
    const scanner = scan(json, [30, 31]);
    expect(scanner.text('usage')).toBe('{"n" : 1.50 , "s":"}\\"{"}');
    const { start, end } = scanner.span('usage') ?? { start: 0, end: 0 };
    expect(json.slice(start, end)).toBe(scanner.text('usage'));
  });

  it('the last of equal names counts, also when the first held what the last does not', () => {
    const scanner = scan('{"response":{"usage":1,"model":"a"},"usage":1,"response":{"model":"b"},"us\\u0061ge":2}');
    expect([scanner.text('usage'), scanner.text('response.model'), scanner.text('response.usage')]).toEqual([
      '2',
      '"b"',
      null,
    ]);
  });

  it('takes nothing of a value that is not whole or too long', () => {
    expect(scan('{"usage":{"a":1').text('usage')).toBeNull();
    expect(scan('{"usage":12').text('usage')).toBeNull();
    expect(scan('{"usage":"1234567"}', [12], PATHS, 8).text('usage')).toBeNull();
    expect(scan('{"usage":"123456"}', [12], PATHS, 8).text('usage')).toBe('"123456"');
  });

  describe('through arrays', () => {
    const LISTS = new MemberPaths(['list.[].a', 'list.[].b.c', 'grid.[].[]', 'usage']);

    it('finds what JSON.parse finds in every element, however the bytes are cut and spaced', () => {
      const element = fc.oneof(
        fc.jsonValue(),
        fc.record({ a: value, b: fc.oneof(fc.jsonValue(), fc.record({ c: value })) }, { requiredKeys: [] }),
      );
      const shape = fc.record(
        {
          usage: fc.jsonValue(),
          list: fc.oneof(fc.array(element), fc.jsonValue()),
          grid: fc.array(fc.array(fc.jsonValue())),
        },
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(shape, fc.array(fc.nat()), fc.constantFrom(0, 1, '\r\n\t'), (object, cuts, gap) => {
          const json = JSON.stringify(object, null, gap);
          const parsed = JSON.parse(json) as Record<string, unknown>;
          const scanner = scan(json, cuts, LISTS);
          const member = (name: string) => (from: unknown) =>
            typeof from === 'object' && from !== null && !Array.isArray(from) && Object.hasOwn(from, name)
              ? [(from as Record<string, unknown>)[name]]
              : [];
          const list = Array.isArray(parsed.list) ? (parsed.list as unknown[]) : [];
          expect(scanner.isDone).toBe(true);
          expect(scanner.values('list.[].a')).toEqual(list.flatMap(member('a')));
          expect(scanner.values('list.[].b.c')).toEqual(list.flatMap(member('b')).flatMap(member('c')));
          const grid = Array.isArray(parsed.grid) ? (parsed.grid as unknown[]) : [];
          expect(scanner.values('grid.[].[]')).toEqual(grid.flatMap((row) => (Array.isArray(row) ? row : [])));
          expect(scanner.value('usage')).toEqual(Object.hasOwn(parsed, 'usage') ? parsed.usage : undefined);
        }),
        { numRuns: 500 },
      );
    });

    it('the last of equal arrays counts, and what is too long or too much is told from what is not there', () => {
      expect(scan('{"list":[{"a":1},{"a":2}],"list":[{"a":3},{}]}', [], LISTS).texts('list.[].a')).toEqual(['3']);
      expect(scan('{"list":[{"a":"1234567"},{"a":2}]}', [15], LISTS, 8).texts('list.[].a')).toEqual([null, '2']);
      expect(scan('{"list":[{"a":"12345"},{"a":"123"},{"a":2}]}', [], LISTS, 8).texts('list.[].a')).toEqual([
        '"12345"',
        null,
      ]);
      const many = scan(`{"list":[${'{"a":1},'.repeat(5_000)}{}]}`, [], LISTS).texts('list.[].a');
      expect([many.length, many.at(-1)]).toEqual([4_097, null]);
      expect(scan('{"list":[]}', [], LISTS).texts('list.[].a')).toEqual([]);
    });

    it('tells where the value ends', () => {
      const scanner = new MemberScanner(LISTS);
      expect(scanner.push(Buffer.from('{"usage":[1]} {"usage":2}'))).toBe(13);
    });
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const scanner = new MemberScanner(PATHS);
        scanner.push(Buffer.from('{"usage":'));
        scanner.push(Buffer.from(bytes));
        scanner.value('usage');
      }),
    );
  });
});

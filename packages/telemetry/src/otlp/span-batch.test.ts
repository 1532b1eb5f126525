import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Fields, fieldsOf } from '../../test/protobuf.js';
import { readableSpan } from '../readable-span.js';
import type { FinishedSpan } from '../telemetry.js';
import { AttributeSet } from './attribute-set.js';
import { EncodedBatch, sourceOf } from './span-batch.js';

const RESOURCE = { 'service.name': 'weir-proxy', 'process.pid': 7 };
const SCOPE = { name: 'weir', version: '1' };

/** Everything a collector reads of a request; integers, flags and times as the bytes they are. */
const read = (body: Uint8Array) =>
  fieldsOf(Buffer.from(body))
    .messages(1)
    .map((group) => ({
      resource: pairs(group.messages(1)[0] as Fields, 1),
      scopes: group.messages(2).map((scope) => ({
        scope: [1, 2].map((field) => scope.messages(1)[0]?.text(field)),
        spans: scope.messages(2).map(spanOf),
      })),
    }));

const spanOf = (span: Fields) => ({
  ids: [1, 2, 4].map(span.hex),
  texts: [3, 5].map(span.text),
  kind: span.integer(6),
  fixed: [7, 8, 16].map(span.hex),
  attributes: pairs(span, 9),
  links: span.messages(13).map((link) => [1, 2, 6].map(link.hex)),
  status: span.messages(15)[0]?.integer(3) ?? 0,
});

/** In the order of their names: an object has those that look like numbers first. */
const pairs = (fields: Fields, number: number) =>
  fields
    .messages(number)
    .map((pair) => {
      const value = pair.messages(2)[0];
      return [pair.text(1) ?? '', value?.text(1), value?.flag(2), value?.integer(3), value?.hex(4)] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

const id = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((some) => Buffer.from(some).fill(1, 0, 1).toString('hex'));
const place = fc.record({ traceId: id(16), spanId: id(8) });
const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ minLength: 120 }));
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.maxSafeNat(),
  fc.double({ noNaN: true }).filter((n) => !Number.isInteger(n)),
);
const attributes = fc.dictionary(fc.string({ minLength: 1, maxLength: 60 }), value, { noNullPrototype: true });
const ms = fc.double({ min: 0, max: 4e12, noNaN: true });
const span: fc.Arbitrary<FinishedSpan> = fc.record({
  name: text,
  kind: fc.constantFrom('server', 'client', 'producer', 'consumer'),
  place,
  parent: fc.option(fc.tuple(place, fc.boolean()).map(([at, isRemote]) => ({ ...at, isRemote }))),
  traceState: fc.oneof(text, fc.constantFrom(null, 'vendor=1,other=2')),
  ...{ startMs: ms, endMs: ms },
  attributes,
  hasFailed: fc.boolean(),
  links: fc.array(place, { maxLength: 3 }),
});

it('spans are told as the SDK would tell them', () => {
  const resource = resourceFromAttributes(RESOURCE);
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 5 }), attributes, (spans, common) => {
      const batch = new EncodedBatch();
      const set = new AttributeSet(common);
      const free = (all: FinishedSpan['attributes']) =>
        Object.fromEntries(Object.entries(all).filter(([name]) => !(name in common)));
      const told = spans.map((each) => ({ ...each, attributes: free(each.attributes), common: set }));
      for (const each of told) batch.add(each);
      const theirs = ProtobufTraceSerializer.serializeRequest(told.map((each) => readableSpan(each, resource, SCOPE)));
      expect(batch.size).toBe(spans.length);
      expect(read(batch.request(sourceOf(RESOURCE, SCOPE.name, SCOPE.version)))).toEqual(read(theirs as Uint8Array));
    }),
  );
});

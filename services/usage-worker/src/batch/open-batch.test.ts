import { newId } from '@weir/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchOf, batchOfEvents, usageEventOf } from '../../test/support/batches.js';
import { openBatch } from './open-batch.js';

const good = () => usageEventOf();

test('a whole batch opens as it was cut', () => {
  const events = [good(), good(), good()];
  expect(openBatch(batchOfEvents('b-1', events))).toMatchObject({ events, quarantined: [] });
});

test('an event of before traces were noted is of none', () => {
  const { traceId: _, ...before } = good();
  const batch = batchOfEvents('b-1', [before as ReturnType<typeof good>, usageEventOf({ traceId: 'a'.repeat(32) })]);
  expect(openBatch(batch).events.map(({ traceId }) => traceId)).toEqual([null, 'a'.repeat(32)]);
});

test('no batch whose bytes were changed is opened', () => {
  const batch = batchOfEvents('b-1', [good(), good(), good()]);
  fc.assert(
    fc.property(fc.nat(batch.body.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
      const body = batch.body.slice(0, at) + String.fromCharCode(code) + batch.body.slice(at + 1);
      fc.pre(body !== batch.body);
      expect(() => openBatch({ ...batch, body })).toThrow(expect.objectContaining({ code: 'BATCH_REFUSED' }));
    }),
    { numRuns: 10_000 },
  );
});

test.each([
  ['nothing', undefined],
  ['no batch', { hello: 1 }],
  ['a batch of a later format', { ...batchOfEvents('b-1', [good()]), v: 2 }],
  ['an id that could not be a token', { ...batchOfEvents('b-1', [good()]), batchId: 'a:b' }],
])('a job with %s is refused', (_, data) => {
  expect(() => openBatch(data)).toThrow(expect.objectContaining({ code: 'BATCH_REFUSED' }));
});

const raw = (event: object, change: (text: string) => string) => change(JSON.stringify(event));

test.each<[string, string, string]>([
  ['a number that is none', raw(good(), (text) => text.replace('"durationMs":913.75', '"durationMs":NaN')), 'not_json'],
  ['text cut in half', raw(good(), (text) => text.slice(0, 200)), 'not_json'],
  ['a quote too many', raw(good(), (text) => text.replace('"app":"shop"', '"app":"sh"op"')), 'not_json'],
  ['a bracket too many', raw(good(), (text) => `${text.slice(0, -1)}]]}`), 'not_json'],
  ['an open string', raw(good(), (text) => text.replace('"proxyId":"proxy-1"}', '"proxyId":"proxy-1}')), 'not_json'],
  ['a wrong type', JSON.stringify({ ...good(), startedAt: 'yesterday' }), 'not_an_event'],
  ['a missing field', JSON.stringify({ ...good(), eventId: undefined }), 'not_an_event'],
  ['a negative meter', JSON.stringify({ ...good(), meters: { input: -1 } }), 'not_an_event'],
  ['an infinite number', raw(good(), (text) => text.replace('"input":10', '"input":1e999')), 'not_an_event'],
  [
    'a number beyond 2^53',
    raw(good(), (text) => text.replace('"input":10', '"input":9007199254740993')),
    'not_an_event',
  ],
  [
    'a count no call can have',
    JSON.stringify({ ...good(), meters: { input: 2_000_000_000_000 } }),
    'value_out_of_range',
  ],
  ['a time before all time', JSON.stringify({ ...good(), startedAt: 0 }), 'started_at_out_of_range'],
  ['a time after all time', JSON.stringify({ ...good(), startedAt: 8_000_000_000_000 }), 'started_at_out_of_range'],
  ['a field of 20 MB', JSON.stringify({ ...good(), rawUsage: 'x'.repeat(20_000_000) }), 'not_an_event'],
  ['null', 'null', 'not_an_event'],
  ['a list', '[[1,2],{"a":","}]', 'not_an_event'],
  ['deep nesting', '['.repeat(50_000) + ']'.repeat(50_000), 'not_an_event'],
])('one event with %s is set aside and its neighbours land', (_, poison, reason) => {
  const before = [good(), good()];
  const after = [good(), good()];
  const texts = [...before.map((e) => JSON.stringify(e)), poison, ...after.map((e) => JSON.stringify(e))];
  const opened = openBatch(batchOf('b-1', `[${texts.join(',')}]`, 5));
  expect(opened.events).toEqual([...before, ...after]);
  expect(opened.quarantined).toMatchObject([{ position: 2, reason }]);
});

test('an event that occurs twice in a batch is stored once', () => {
  const event = good();
  const opened = openBatch(batchOfEvents('b-1', [event, good(), event]));
  expect(opened.events).toHaveLength(2);
  expect(opened.quarantined).toMatchObject([{ position: 2, reason: 'event_repeated', detail: event.eventId }]);
});

test('a body that is no list, and events that are not there, are accounted for', () => {
  expect(openBatch(batchOf('b-1', '{"a":1}', 3)).quarantined.map(({ reason }) => reason)).toEqual([
    'not_json',
    'event_missing',
    'event_missing',
  ]);
  const opened = openBatch(batchOf('b-2', JSON.stringify([good()]), 2));
  expect([opened.events.length, opened.quarantined[0]?.reason]).toEqual([1, 'event_missing']);
});

test('every event of a batch is either stored or set aside, and opening again gives the same', () => {
  const piece = fc.oneof(
    fc.constant(null).map(() => JSON.stringify(good())),
    fc.json(),
    fc.string().map((text) => text.replaceAll(',', '')),
    fc.constant(`{"v":1,"eventId":"${newId()}"`),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const batch = batchOf('b-1', `[${pieces.join(',')}]`, pieces.length);
      const opened = openBatch(batch);
      expect(opened.events.length + opened.quarantined.length).toBeGreaterThanOrEqual(pieces.length);
      expect(openBatch(batch)).toEqual(opened);
    }),
    { numRuns: 500 },
  );
});

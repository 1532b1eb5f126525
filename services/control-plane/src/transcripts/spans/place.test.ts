import type { SpanLink } from '@weir/clickhouse';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GatewayCall, placeSpans } from './place.js';

const NOON = Date.UTC(2026, 10, 20, 12);

/** `<id>[<parent]:<category>`, a second after the one before unless told otherwise. */
function span(text: string, over: Partial<SpanLink> = {}): SpanLink {
  const [, spanId = '', parent, category = ''] = /^(\w+)(?:<(\w+))?:(\w+)$/.exec(text) ?? [];
  return {
    ...{ traceId: 't', spanId, appId: 'a', parentSpanId: parent ?? null, category: category as SpanLink['category'] },
    ...{ startedAtUs: NOON * 1_000, durationMs: 60_000, responseId: null, requestId: null },
    ...over,
  };
}

const call = (eventId: string, over: Partial<GatewayCall> = {}): GatewayCall => ({
  ...{ eventId, callId: `call-${eventId}`, conversationId: 'c', traceId: 't', spanId: null, responseId: null },
  startedAt: NOON + 10,
  ...over,
});

/** By span: depth, the calls it tells of, and `own` where it shows the app's figures. */
const placed = (spans: SpanLink[], calls: GatewayCall[]) =>
  Object.fromEntries(
    placeSpans(spans, calls).map(({ link, depth, calls: told, hasOwnFigures }) => [
      link.spanId,
      [depth, ...told.map(({ eventId }) => eventId), ...(hasOwnFigures ? ['own'] : [])].join(' '),
    ]),
  );

describe('a call of the gateway and a span are the same', () => {
  test.each<[string, SpanLink[], GatewayCall[], Record<string, string>]>([
    [
      'where the call was made in the request to the model',
      [span('a:agent'), span('m<a:model'), span('g<a:tool')],
      [call('1', { spanId: 'm' })],
      { a: '0', m: '1 1', g: '1' },
    ],
    [
      'where it was made in the span of HTTP that carries the request, and in none of its own',
      [span('a:agent'), span('m<a:model'), span('h<m:http'), span('i<h:http')],
      [call('1', { spanId: 'i' })],
      { a: '0', m: '1 1', h: '1 1', i: '1 1' },
    ],
    [
      'where only HTTP is told',
      [span('a:agent'), span('h<a:http')],
      [call('1', { spanId: 'h' })],
      { a: '0', h: '1 1' },
    ],
    [
      'where a span states what the gateway answered as its id, though the trace is another one',
      [span('m:model'), span('h<m:http', { requestId: 'call-1' })],
      [call('1', { traceId: 'other' })],
      { m: '0 1', h: '0 1' },
    ],
    [
      'where the request states the id of the answer',
      [span('m:model', { responseId: 'r' }), span('n:model', { responseId: 's' })],
      [call('1', { traceId: null, responseId: 'r' })],
      { m: '0 1', n: '0 own' },
    ],
    [
      'where only the time tells, the shortest first',
      [span('m:model', { durationMs: 500 }), span('n:model')],
      [call('1'), call('2', { startedAt: NOON + 30_000 })],
      { m: '0 1', n: '0 2' },
    ],
    [
      'for each of the attempts that a request made',
      [span('m:model'), span('h<m:http'), span('i<m:http')],
      [call('1', { spanId: 'h' }), call('2', { spanId: 'i' })],
      { m: '0 1 2', h: '0 1 2', i: '0 1 2' },
    ],
    [
      'for a wrapper around this one request',
      [span('w:model', { responseId: 'r' }), span('m<w:model', { responseId: 'r' }), span('h<m:http')],
      [call('1', { spanId: 'h', responseId: 'r' })],
      { w: '0 1', m: '0 1', h: '0 1' },
    ],
  ])('%s', (_why, spans, calls, wanted) => {
    expect(placed(spans, calls)).toEqual(wanted);
  });
});

describe('they are not the same', () => {
  test.each<[string, SpanLink[], GatewayCall[], Record<string, string>]>([
    [
      'where the span is a step that calls are made in',
      [span('a:agent'), span('t<a:tool')],
      [call('1', { spanId: 'a' })],
      { a: '0', t: '1' },
    ],
    [
      'where the request was over, or not begun',
      [span('m:model', { durationMs: 5 })],
      [call('1', { startedAt: NOON + 5_000 })],
      { m: '0 own' },
    ],
    ['where the trace is another one', [span('m:model')], [call('1', { traceId: 'other' })], { m: '0 own' }],
    [
      'where the request is below another step',
      [span('a:agent'), span('b:agent'), span('m<b:model')],
      [call('1', { spanId: 'a' })],
      { a: '0', b: '0', m: '1 own' },
    ],
    ['for a guess where ids say otherwise', [span('m:model')], [call('2'), call('1', { spanId: 'm' })], { m: '0 1' }],
    [
      'for a wrapper around a second request that went elsewhere, which has the figures of neither',
      [span('w:model'), span('m<w:model'), span('n<w:model')],
      [call('1', { spanId: 'm' })],
      { w: '0', m: '1 1', n: '1 own' },
    ],
  ])('%s', (_why, spans, calls, wanted) => {
    expect(placed(spans, calls)).toEqual(wanted);
  });
});

test('figures stand there once, whatever agents send: of a request, or of a call in its place', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const links = fc.uniqueArray(
    fc.record({
      ...{ traceId: fc.constantFrom('t', 'u'), spanId: id, parentSpanId: fc.option(id), appId: fc.constant('a') },
      category: fc.constantFrom<SpanLink['category']>('agent', 'model', 'model', 'tool', 'http', 'step'),
      ...{
        startedAtUs: fc.integer({ min: 0, max: 9 }).map((n) => (NOON + n * 100) * 1_000),
        durationMs: fc.option(fc.nat(900)),
      },
      ...{
        responseId: fc.option(fc.constantFrom('r', 's')),
        requestId: fc.option(fc.constantFrom('call-1', 'call-2')),
      },
    }),
    { selector: ({ traceId, spanId }) => `${traceId}/${spanId}`, maxLength: 12 },
  );
  const calls = fc.uniqueArray(
    fc.record({
      eventId: fc.constantFrom('1', '2', '3'),
      ...{
        traceId: fc.option(fc.constantFrom('t', 'u')),
        spanId: fc.option(id),
        responseId: fc.option(fc.constantFrom('r', 's')),
      },
    }),
    { selector: ({ eventId }) => eventId },
  );
  fc.assert(
    fc.property(links, calls, (spans, some) => {
      const all = some.map(({ eventId, ...over }) => call(eventId, over));
      const result = placeSpans(spans, all);
      expect(result.map(({ link }) => link)).toEqual(spans);
      for (const one of result) {
        // Where figures of the app are shown, no call stands for them, and no request within has its own.
        if (!one.hasOwnFigures) continue;
        expect([one.link.category, one.calls]).toEqual(['model', []]);
        const below = result.filter(
          ({ link }) => link !== one.link && link.traceId === one.link.traceId && link.parentSpanId === one.link.spanId,
        );
        expect(below.some(({ hasOwnFigures }) => hasOwnFigures)).toBe(false);
      }
      // A request that a call was made in never shows its own figures beside the call's.
      for (const { traceId, spanId } of all) {
        const around = result.find(({ link }) => link.traceId === traceId && link.spanId === spanId);
        if (around?.link.category === 'model') expect(around.hasOwnFigures).toBe(false);
      }
    }),
    { numRuns: 2_000 },
  );
});

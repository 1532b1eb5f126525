import type { UsageEvent } from '@weir/contracts';
import type { Producer } from '@weir/queue';
import type { FinishedSpan, Spans } from '@weir/telemetry';
import { expect, it } from 'vitest';
import { BatchLinks } from './batch-links.js';
import { CallTrace } from './call-trace.js';
import { tracedProducer } from './traced-producer.js';

const added: FinishedSpan[] = [];
const spans: Spans = {
  isKept: () => true,
  add: (span) => added.push(span),
  counts: { exported: 0, dropped: 0 },
};
const idOf = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}`;

it('each batch is one span, linked to a few of its calls, and the worker hears of it', async () => {
  const links = new BatchLinks();
  const traces = Array.from({ length: 20 }, (_, n) => {
    const trace = new CallTrace(null, null, () => true);
    links.note(idOf(n), trace);
    return trace;
  });
  const sent: object[] = [];
  const producer = { add: async (_id: string, data: object) => void sent.push(data) } as unknown as Producer;
  // A tag whose text looks like an event's id is none.
  const events = traces.map(
    (_, n) => ({ v: 1, eventId: idOf(n), tags: { t: `"eventId":"${idOf(19)}` } }) as unknown as UsageEvent,
  );
  const batch = { batchId: 'b-1', events: 20, body: JSON.stringify(events) };
  await tracedProducer(producer, 'usage', spans, links).add('b-1', batch);
  const [span] = added;
  expect(span).toMatchObject({ name: 'send usage', kind: 'producer', parent: null, hasFailed: false });
  expect(sent).toEqual([{ ...batch, traceparent: `00-${span?.place.traceId}-${span?.place.spanId}-01` }]);
  expect(span?.links).toEqual(
    traces.slice(0, 8).map(({ traceId, serverSpanId }) => ({ traceId, spanId: serverSpanId })),
  );
});

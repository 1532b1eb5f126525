import type { FinishedSpan, Spans } from '@weir/telemetry';
import { expect, test } from 'vitest';
import { traced } from './traced.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const receipt = { batchId: 'b-1', stored: 7, quarantined: 1 };

function spans() {
  const added: FinishedSpan[] = [];
  const room: Spans = {
    isKept: (_traceId, parent) => parent?.isSampled ?? true,
    add: (span) => added.push(span),
    counts: { exported: 0, dropped: 0 },
  };
  return { added, room };
}

test('a batch is one span under that of the proxy that sent it', async () => {
  const { added, room } = spans();
  const data = { traceparent: `00-${TRACE}-${SPAN}-01` };
  expect(await traced('usage', room, async () => receipt)({ data })).toBe(receipt);
  expect(added).toMatchObject([
    {
      ...{ name: 'process usage', kind: 'consumer', hasFailed: false },
      place: { traceId: TRACE },
      parent: { traceId: TRACE, spanId: SPAN, isRemote: true },
      attributes: { 'messaging.message.id': 'b-1', 'messaging.batch.message_count': 8, 'weir.batch.quarantined': 1 },
    },
  ]);
});

test('a batch that fails says so and stays a failure; one that nobody traced is a root; one not kept has none', async () => {
  const { added, room } = spans();
  const fails = traced('usage', room, () => Promise.reject(new Error('away')));
  await expect(fails({ data: null })).rejects.toThrow('away');
  expect(added).toMatchObject([{ hasFailed: true, parent: null }]);
  const data = { traceparent: `00-${TRACE}-${SPAN}-00` };
  await traced('usage', room, async () => receipt)({ data });
  expect(added.length).toBe(1);
});

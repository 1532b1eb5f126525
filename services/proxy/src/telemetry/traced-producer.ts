import type { UsageBatch } from '@weir/contracts';
import type { Producer } from '@weir/queue';
import { newSpanId, newTraceId, type Spans } from '@weir/telemetry';
import type { BatchLinks } from './batch-links.js';

/** A way to the queue that adds a span for each batch, under which the worker puts its own. */
export function tracedProducer(producer: Producer, queue: string, spans: Spans, links: BatchLinks): Producer {
  return {
    ...producer,
    async add(jobId, data) {
      const place = { traceId: newTraceId(), spanId: newSpanId() };
      if (!spans.isKept(place.traceId, null)) return producer.add(jobId, data);
      const startMs = performance.timeOrigin + performance.now();
      const { events, body } = data as UsageBatch;
      let hasFailed = true;
      try {
        await producer.add(jobId, { ...data, traceparent: `00-${place.traceId}-${place.spanId}-01` });
        hasFailed = false;
      } finally {
        spans.add({
          name: `send ${queue}`,
          kind: 'producer',
          place,
          parent: null,
          startMs,
          endMs: performance.timeOrigin + performance.now(),
          attributes: {
            'messaging.system': 'bullmq',
            'messaging.operation.name': 'send',
            'messaging.operation.type': 'send',
            'messaging.destination.name': queue,
            'messaging.batch.message_count': events,
            'messaging.message.id': jobId,
          },
          hasFailed,
          links: links.of(body),
        });
      }
    },
  };
}

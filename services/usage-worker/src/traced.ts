import { parseTraceparent } from '@weir/contracts';
import { newSpanId, newTraceId, type Spans } from '@weir/telemetry';

interface Job {
  readonly data: unknown;
}
interface Receipt {
  readonly batchId: string;
  readonly stored: number;
  readonly quarantined: number;
}

/** Adds a span for each batch, under that of the proxy that sent it. Never one for an event: those have theirs. */
export function traced<J extends Job, R extends Receipt>(
  queue: string,
  spans: Spans | null,
  process: (job: J) => Promise<R>,
): (job: J) => Promise<R> {
  if (spans === null) return process;
  return async (job) => {
    const sender = parseTraceparent(traceparentOf(job.data));
    const traceId = sender?.traceId ?? newTraceId();
    if (!spans.isKept(traceId, sender)) return process(job);
    const startMs = now();
    let receipt: R | null = null;
    try {
      receipt = await process(job);
      return receipt;
    } finally {
      spans.add({
        name: `process ${queue}`,
        kind: 'consumer',
        place: { traceId, spanId: newSpanId() },
        parent: sender && { ...sender, isRemote: true },
        startMs,
        endMs: now(),
        attributes: {
          'messaging.system': 'bullmq',
          'messaging.operation.name': 'process',
          'messaging.operation.type': 'process',
          'messaging.destination.name': queue,
          ...(receipt && {
            'messaging.message.id': receipt.batchId,
            'messaging.batch.message_count': receipt.stored + receipt.quarantined,
            'weir.batch.quarantined': receipt.quarantined,
          }),
        },
        hasFailed: receipt === null,
      });
    }
  };
}

const now = () => performance.timeOrigin + performance.now();

function traceparentOf(data: unknown): string | null {
  const { traceparent } = (data ?? {}) as { traceparent?: unknown };
  return typeof traceparent === 'string' ? traceparent : null;
}

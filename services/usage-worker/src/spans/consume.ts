import { zstdDecompressSync } from 'node:zlib';
import { type Deletion, deletionsOf, isSpanDeleted, type SpanRow, spansTable, type Writer } from '@weir/clickhouse';
import { type BatchReceipt, decodeSpanFrame, type SpanFrame } from '@weir/contracts';
import type { Log } from '../log.js';
import type { Gate } from '../store/gate.js';
import { persistently } from '../store/persistently.js';
import { eraseSpans } from '../transcripts/deletion/erase.js';
import { opened } from '../transcripts/frames.js';
import type { Tally } from '../transcripts/tally.js';
import { spanRowOf } from './rows.js';

export interface ConsumeSpansOptions {
  readonly writer: Writer;
  readonly gate: Gate;
  readonly tally: Tally;
  readonly retentionDays: number;
  readonly log: Log;
}

/** 500 spans under zstd are far less; what claims more was not written by a proxy. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

const decode = (frame: Buffer): SpanFrame =>
  decodeSpanFrame(frame, (held) => zstdDecompressSync(held, { maxOutputLength: MAX_FRAME_BYTES }));

/**
 * One job is one batch of spans. Stored again it changes nothing that is read. What cannot be read is counted and left out.
 * Rejects only when the process ends.
 */
export function consumeSpans({ writer, gate, tally, retentionDays, log }: ConsumeSpansOptions) {
  const table = spansTable(writer);

  const storeOf = async (projectId: string, frames: readonly SpanFrame[], batchId: string): Promise<number> => {
    const orders = await deletionsOf(writer, projectId);
    const kept = frames.flatMap((frame) =>
      frame.spans
        .filter((span) => !orders.some((order) => isSpanDeleted({ ...span, appId: frame.appId }, order)))
        .map((span): SpanRow => spanRowOf(span, frame, retentionDays, batchId)),
    );
    await table.insert(kept);
    // An order that came meanwhile may have been carried out before these were there.
    const seen = new Set(orders.map(({ deletionId }) => deletionId));
    const since = (await deletionsOf(writer, projectId)).filter(({ deletionId }) => !seen.has(deletionId));
    for (const order of since) await eraseSpans(writer, order satisfies Deletion);
    return kept.length;
  };

  return async (job: { readonly data: unknown }): Promise<BatchReceipt> => {
    const { batchId, frames, bad } = opened(job.data, decode, log);
    let stored = 0;
    let refused = 0;
    for (const [projectId, some] of Map.groupBy(frames, (frame) => frame.projectId)) {
      const count = some.reduce((sum, { spans }) => sum + spans.length, 0);
      const outcome = await persistently(gate, () => storeOf(projectId, some, batchId));
      if ('done' in outcome) {
        stored += outcome.done;
        tally.deleted += count - outcome.done;
      } else {
        refused += count;
        log('error', `spans are left out: ${outcome.reason}`, { batchId, spans: count });
      }
    }
    tally.stored += stored;
    tally.bad += bad;
    tally.refused += refused;
    if (bad > 0) log('warn', 'spans cannot be read', { batchId, frames: bad });
    return { batchId, stored, quarantined: bad + refused };
  };
}

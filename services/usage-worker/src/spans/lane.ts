import type { Writer } from '@weir/clickhouse';
import { SPAN_QUEUE } from '@weir/contracts';
import { Lane } from '../lane.js';
import type { Log } from '../log.js';
import { FRAMES_REFUSED } from '../transcripts/frames.js';
import { Tally } from '../transcripts/tally.js';
import { consumeSpans } from './consume.js';

export interface SpanLaneOptions {
  readonly queueUrl: string;
  readonly writer: Writer;
  readonly retentionDays: number;
  readonly log: Log;
}

/** Spans of agents on their way into the store. @returns the way, and what has become of them */
export function spanLane({ queueUrl, writer, retentionDays, log }: SpanLaneOptions): { lane: Lane; tally: Tally } {
  const tally = new Tally();
  const about = { queue: SPAN_QUEUE, what: 'spans', refused: FRAMES_REFUSED, inHand: 1 };
  const lane = new Lane({
    ...{ queueUrl, ...about, log },
    process: (gate) => consumeSpans({ writer, gate, tally, retentionDays, log }),
  });
  return { lane, tally };
}

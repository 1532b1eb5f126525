import { frameLength, framesOf, type TranscriptBatch, transcriptBatch, WeirError } from '@weir/contracts';
import { UnrecoverableError } from 'bullmq';
import type { Log } from '../log.js';

/** Failed jobs that carry this are dropped from the queue. */
export const FRAMES_REFUSED = 'TRANSCRIPT_BATCH_REFUSED';

interface OpenFrames<Frame> {
  readonly batchId: string;
  readonly frames: readonly Frame[];
  /** Frames that are not those that were written; what follows one that has lost its length counts as one. */
  readonly bad: number;
}

/** The frames of a job; one that holds none is given up. @throws UnrecoverableError */
export function opened<Frame>(data: unknown, decode: (frame: Buffer) => Frame, log: Log): OpenFrames<Frame> {
  try {
    return openFrames(data, decode);
  } catch (error) {
    const { message } = error as Error;
    log('error', message, { code: FRAMES_REFUSED });
    throw new UnrecoverableError(`${FRAMES_REFUSED}: ${message}`);
  }
}

/** @throws WeirError `TRANSCRIPT_BATCH_REFUSED` where the job holds no batch */
function openFrames<Frame>(data: unknown, decode: (frame: Buffer) => Frame): OpenFrames<Frame> {
  const parsed = transcriptBatch.safeParse(data);
  if (!parsed.success) throw new WeirError(FRAMES_REFUSED, 'the job holds no batch of frames');
  const bytes = unpacked(parsed.data);
  const frames: Frame[] = [];
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = frameLength(bytes, at);
    if (length === null) {
      bad++;
      break;
    }
    try {
      frames.push(decode(bytes.subarray(at, at + length)));
    } catch {
      // Which bytes they were must not be told; that there were some is counted.
      bad++;
    }
    at += length;
  }
  return { batchId: parsed.data.batchId, frames, bad };
}

/** @throws WeirError `TRANSCRIPT_BATCH_REFUSED` */
function unpacked(batch: TranscriptBatch): Buffer {
  try {
    return framesOf(batch);
  } catch (cause) {
    throw new WeirError(FRAMES_REFUSED, 'the frames of the batch cannot be unpacked', { cause });
  }
}

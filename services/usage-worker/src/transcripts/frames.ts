import { decodeFrame, frameLength, type TranscriptFrame, transcriptBatch, WeirError } from '@weir/contracts';

export interface OpenFrames {
  readonly batchId: string;
  readonly frames: readonly TranscriptFrame[];
  /** Frames that are not those that were written; what follows one that has lost its length counts as one. */
  readonly bad: number;
}

/** @throws WeirError `TRANSCRIPT_BATCH_REFUSED` where the job holds no batch */
export function openFrames(data: unknown): OpenFrames {
  const parsed = transcriptBatch.safeParse(data);
  if (!parsed.success) throw new WeirError('TRANSCRIPT_BATCH_REFUSED', 'the job holds no batch of recorded calls');
  const bytes = Buffer.from(parsed.data.frames, 'base64');
  const frames: TranscriptFrame[] = [];
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = frameLength(bytes, at);
    if (length === null) {
      bad++;
      break;
    }
    try {
      frames.push(decodeFrame(bytes.subarray(at, at + length)));
    } catch {
      // Which bytes they were must not be told; that there were some is counted.
      bad++;
    }
    at += length;
  }
  return { batchId: parsed.data.batchId, frames, bad };
}

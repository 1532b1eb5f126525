import { type JsonObject, objectOf } from '@weir/providers';
import { stringOr, textPart } from '../message/make.js';
import type { Part, PartOf } from '../message/part.js';
import { listOf } from './list-of.js';

/** Sound that was left out where a session was recorded; size and hash are of its bytes, not of their base64. */
export interface LeftOutAudio {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What stands in the place of messages that carried sound; null = the event is none. */
export function leftOutAudio(event: JsonObject): LeftOutAudio | null {
  const { type, bytes, sha256 } = event;
  const isKnown = type === 'weir.audio' && typeof bytes === 'number' && typeof sha256 === 'string';
  return isKnown ? { sizeBytes: bytes, sha256 } : null;
}

/** What the proxy puts in the place of sound inside of a message. */
const MARK = /^\[audio left out: (\d+) bytes, sha256 ([0-9a-f]{64})\]$/;
const SPOKEN: ReadonlySet<unknown> = new Set(['input_audio', 'output_audio', 'audio']);

/** A spoken part of an item of a Realtime session; null = it is none. Without its sound it is its transcript. */
export function spokenParts(part: JsonObject): Part[] | null {
  const isRealtime = SPOKEN.has(part.type) && !('input_audio' in part) && !('data' in part);
  if (!isRealtime) return null;
  const mark = MARK.exec(stringOr(part.audio, ''));
  const transcript = stringOr(part.transcript, null);
  if (mark !== null) return [audioPart({ sizeBytes: Number(mark[1]), sha256: mark[2] as string }, transcript)];
  return transcript === null ? [] : [textPart(transcript)];
}

export function audioPart({ sizeBytes, sha256 }: LeftOutAudio, transcript: string | null = null): PartOf<'blob'> {
  return {
    ...{ type: 'blob', modality: 'audio', mime_type: null },
    ...(transcript !== null && { transcript }),
    ...{ size_bytes: sizeBytes, sha256 },
  };
}

/** An item whose sound came in messages of its own, with the mark of it. */
export function withSound(item: JsonObject, { sizeBytes, sha256 }: LeftOutAudio): JsonObject {
  const audio = `[audio left out: ${sizeBytes} bytes, sha256 ${sha256}]`;
  const content = listOf(item.content).map((each) => {
    const part = objectOf(each);
    return part !== null && SPOKEN.has(part.type) && part.audio === undefined ? { ...part, audio } : each;
  });
  return { ...item, content };
}

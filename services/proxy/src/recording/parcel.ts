import type { FinishedBody, FinishedCall, HandedCall, PassedBody } from './finished-call.js';

/** What is smaller is copied to the others; what is larger moves. */
const MOVED_FROM_BYTES = 512 * 1024;

/** A piece: its length, in the order of the packed ones, or its place among the moved ones. */
type PieceMark = number | readonly [moved: number];
type BodyMark =
  | Exclude<FinishedBody, PassedBody>
  | (Omit<PassedBody, 'pieces'> & { readonly pieces: readonly PieceMark[] });
type CallMark = Omit<FinishedCall, 'head' | 'request' | 'response'> & {
  readonly request: BodyMark;
  readonly response: BodyMark;
};

/** Finished calls as they go to a thread: two texts, one buffer, and the large pieces, whose memory goes along. */
export interface Parcel {
  readonly calls: string;
  /** Their heads as JSON, a line each. */
  readonly heads: string;
  readonly packed: Uint8Array;
  readonly moved: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * Costs a few microseconds a call; a tenth of what handing over each by itself does.
 * @param place gives memory for so many bytes
 */
export function parcelOf(calls: readonly FinishedCall[], place: (bytes: number) => Uint8Array): Parcel {
  const small: Uint8Array[] = [];
  const moved: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const markOf = (body: FinishedBody): BodyMark => {
    if (typeof body === 'string') return body;
    const pieces = body.pieces.map((piece): PieceMark => {
      if (piece.length >= MOVED_FROM_BYTES) {
        return [moved.push(body.isBorrowed ? new Uint8Array(piece) : (piece as Uint8Array<ArrayBuffer>)) - 1];
      }
      small.push(piece);
      bytes += piece.length;
      return piece.length;
    });
    return { ...body, pieces };
  };
  const marks = calls.map(
    ({ head, ...call }): CallMark => ({
      ...call,
      request: markOf(call.request),
      response: markOf(call.response),
    }),
  );
  const heads = calls.map(({ head }) => JSON.stringify(head)).join('\n');
  const packed = place(bytes);
  let at = 0;
  for (const piece of small) {
    packed.set(piece, at);
    at += piece.length;
  }
  return { calls: JSON.stringify(marks), heads, packed, moved };
}

/** Memory that goes along instead of being copied. */
export const buffersOf = ({ packed, moved }: Parcel): ArrayBuffer[] =>
  [packed, ...moved].flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? buffer : []));

export function callsOf({ calls, heads, packed, moved }: Parcel): HandedCall[] {
  let at = 0;
  const bodyOf = (body: BodyMark): FinishedBody => {
    if (typeof body === 'string') return body;
    const pieces = body.pieces.map((mark) => {
      if (typeof mark !== 'number') return moved[mark[0]] as Uint8Array;
      at += mark;
      return packed.subarray(at - mark, at);
    });
    return { ...body, pieces };
  };
  const headTexts = heads.split('\n');
  return (JSON.parse(calls) as CallMark[]).map((call, index) => {
    const request = bodyOf(call.request);
    return { ...call, headText: headTexts[index] as string, request, response: bodyOf(call.response) };
  });
}

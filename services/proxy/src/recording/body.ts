import type { BodyState, RecordedBody, RecordingSettings } from '@weir/contracts';
import { isStreamOver, type Redacted, type Redactor, readReply, redactorOf } from '@weir/transcripts';
import type { Blotter } from './blotter.js';
import { undoCodings } from './coding.js';
import type { FinishedBody } from './finished-call.js';
import { zstdFrame } from './zstd.js';

const TYPE_MAX_LENGTH = 255;
/** They hold no credential, and need not be looked through with every call. */
const USUAL_TYPES = /^(application\/json|text\/event-stream)(; ?charset=utf-8)?$/i;
/** Under which stretches of credentials are counted, beside the rules of the provider. */
const CREDENTIAL = 'credential';

/** A side of a call as it is kept, and its bytes under zstd, in pieces. */
export interface KeptBody {
  readonly body: RecordedBody;
  readonly pieces: readonly Buffer[];
}

/** By what a body is cleared before anything of it is kept. */
export interface Clearing {
  /** null: the provider has no rules; `unusable`: it has some that cannot be applied, so that nothing may be kept. */
  readonly redactor: Redactor | 'unusable' | null;
  readonly blotter: Blotter;
  readonly maxBytes: number;
}

interface Cleared {
  readonly state: BodyState;
  readonly bytes: Buffer;
  readonly redactions: Readonly<Record<string, number>>;
}

/** @returns `unusable` where the rules cannot be applied */
export function redactorFor({ redactDetectors, redactPatterns }: RecordingSettings): Clearing['redactor'] {
  if (redactDetectors.length === 0 && redactPatterns.length === 0) return null;
  try {
    return redactorOf({ detectors: redactDetectors as never, patterns: redactPatterns });
  } catch {
    // Checked when it was saved; a proxy that knows fewer detectors keeps nothing rather than too much.
    return 'unusable';
  }
}

/** What may be kept of one side of a call. */
export async function keptBody(
  side: 'request' | 'response',
  passed: FinishedBody,
  { redactor, blotter, maxBytes }: Clearing,
): Promise<KeptBody> {
  if (passed === 'unread') {
    return { body: { ...EMPTY, state: 'withheld', reason: 'session_unread' }, pieces: [] };
  }
  if (typeof passed === 'string') return { body: { ...EMPTY, state: passed }, pieces: [] };
  const contentType = USUAL_TYPES.test(passed.contentType)
    ? passed.contentType
    : blotter.text(passed.contentType).slice(0, TYPE_MAX_LENGTH);
  const withheld = (reason: string, bytes: number | null): KeptBody => ({
    body: { ...EMPTY, state: 'withheld', reason, contentType, bytes },
    pieces: [],
  });
  const isComplete = passed.isAllKept && passed.isEnded;
  const decoded = await undoCodings(passed.contentEncoding, joined(passed.pieces), isComplete, maxBytes);
  if (decoded === null) return withheld('unreadable', null);
  const isPlain = passed.isEnded && !passed.isAllKept && /^(identity)?$/i.test(passed.contentEncoding.trim());
  // Some clients leave with the last event of a stream, before the connection's own end.
  const isWhole =
    decoded.isWhole || (side === 'response' && passed.isAllKept && !passed.isEnded && isStreamOver(decoded.bytes));
  const bytes = isWhole ? decoded.bytes.length : isPlain ? passed.passedBytes : null;
  const cleared = cleanedOf(side, decoded.bytes, isWhole, redactor);
  if (typeof cleared === 'string') return withheld(cleared, bytes);
  const blotted = blotter.blot(cleared.bytes);
  const isBlotted = blotted.count > 0;
  const pieces = zstdFrame(blotted.bytes);
  return {
    body: {
      ...{
        state: isBlotted && cleared.state === 'whole' ? 'redacted' : cleared.state,
        reason: null,
        contentType,
        bytes,
      },
      redactions: isBlotted ? { ...cleared.redactions, [CREDENTIAL]: blotted.count } : cleared.redactions,
      ...{ compressedBytes: bytesOf(pieces), keptBytes: blotted.bytes.length },
    },
    pieces,
  };
}

const EMPTY = { reason: null, contentType: '', bytes: null, redactions: {}, compressedBytes: 0, keptBytes: 0 } as const;

/** What is left by the provider's rules, or why nothing may be kept. */
function cleanedOf(
  side: 'request' | 'response',
  bytes: Buffer,
  isWhole: boolean,
  redactor: Clearing['redactor'],
): Cleared | string {
  if (redactor === 'unusable') return 'failed';
  if (redactor === null) return { state: isWhole ? 'whole' : 'truncated', bytes, redactions: {} };
  // What was cut off may be the half of something that a rule would have known as a whole.
  if (!isWhole) return 'truncated';
  const redacted = side === 'request' ? redactor.requestBytes(bytes) : redactor.replyBytes(bytes);
  if (redacted.isKept) return stateOf(redacted.value, redacted.counts, 'redacted');
  return side === 'response' && redacted.reason === 'in_pieces' ? assembled(bytes, redactor) : redacted.reason;
}

function assembled(bytes: Buffer, redactor: Redactor): Cleared | string {
  const said: Redacted<object> = redactor.reply(readReply(bytes));
  if (!said.isKept) return said.reason;
  return { state: 'assembled', bytes: Buffer.from(JSON.stringify(said.value)), redactions: said.counts };
}

function stateOf(bytes: Buffer, redactions: Readonly<Record<string, number>>, changed: BodyState): Cleared {
  return { state: Object.keys(redactions).length === 0 ? 'whole' : changed, bytes, redactions };
}

const bytesOf = (pieces: readonly Buffer[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);

function joined(pieces: readonly Uint8Array[]): Buffer {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return Buffer.from(first.buffer, first.byteOffset, first.length);
  return Buffer.concat(pieces);
}

import type { AnswerEvents } from './answer-event.js';
import { awsEvents } from './aws-events.js';
import { jsonEvents } from './json-events.js';
import { sseEvents } from './sse-events.js';

export type { AnswerEvent, AnswerEvents, UnreadableRange } from './answer-event.js';
export { parsedText } from './json-text.js';

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
/** A message's length comes first: no message of AWS's format reaches 2^25 bytes, and no text begins with these. */
const AWS_FIRST_BYTE_MAX = 0x01;
const FIELD = /(?:^|[\r\n])(?:data|event|id|retry|):/;
const FIELD_WITHIN_BYTES = 4_096;

/**
 * What an answer states, event by event, in every form an upstream sends one. It is told by what it is, not by what its
 * header claims. Whatever cannot be read is named by its place, and spoils nothing beside it. Never throws.
 * @param bytes content-decoded; they may end anywhere
 */
export function answerEvents(bytes: Buffer): AnswerEvents {
  const first = bytes.find((byte) => !isPadding(byte));
  if (first === undefined) return { form: 'none', events: [], unreadable: [], isClosed: false };
  if ((bytes[0] as number) <= AWS_FIRST_BYTE_MAX) return awsEvents(bytes);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return jsonEvents(bytes);
  if (FIELD.test(bytes.toString('latin1', 0, FIELD_WITHIN_BYTES))) return sseEvents(bytes);
  return {
    form: 'none',
    events: [],
    unreadable: [{ start: 0, end: bytes.length, reason: 'not_json' }],
    isClosed: false,
  };
}

/** White space or a byte order mark. */
function isPadding(byte: number): boolean {
  return (byte <= 0x20 && byte > AWS_FIRST_BYTE_MAX) || byte === 0xef || byte === 0xbb || byte === 0xbf;
}

import { answerEvents } from '../../events/index.js';
import { type JsonObject, objectOf } from '../../json/value.js';
import { TextSink } from '../text-sink.js';
import { readChoices } from './chat.js';
import { readConverse } from './converse.js';
import { readCandidates } from './gemini.js';
import { readMessages } from './messages.js';
import { readOthers } from './others.js';
import { readResponses } from './responses.js';

/** Each reads what is of its dialect and leaves the rest; a provider may answer in more than one. */
const READERS: readonly ((event: JsonObject, sink: TextSink) => boolean)[] = [
  readChoices,
  readResponses,
  readMessages,
  readCandidates,
  readConverse,
  readOthers,
];

/** What a model wrote, as far as it can be read off the bytes of its answer. */
export interface AnswerText {
  readonly texts: readonly string[];
  /** It wrote something besides that has no text. */
  readonly hasOther: boolean;
}

/**
 * @param bytes of a successful answer, decoded; it may be cut off anywhere
 * @returns null where nothing in it is an answer of a model that is known
 */
export function answerText(bytes: Buffer): AnswerText | null {
  const sink = new TextSink();
  let isKnown = false;
  for (const { kind, value, isCut } of answerEvents(bytes).events) {
    const event = kind === 'event' && !isCut ? objectOf(value) : null;
    // An error is no answer, whatever status it came under: none of it was generated.
    if (event === null || event.error || event.type === 'error') continue;
    if (READERS.some((read) => read(event, sink))) isKnown = true;
  }
  return isKnown ? { texts: sink.texts, hasOther: sink.hasOther } : null;
}

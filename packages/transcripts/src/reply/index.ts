import { type AnswerEvents, answerEvents, objectOf } from '@weir/providers';
import { stringOr } from '../message/make.js';
import { ChatAssembler } from './chat.js';
import { ConverseAssembler } from './converse.js';
import { errorOf } from './errors.js';
import { GeminiAssembler } from './gemini.js';
import { MessagesAssembler } from './messages.js';
import { OthersAssembler } from './others.js';
import type { Assembler, ReplyError, ReplyReading, Said } from './reading.js';
import { ResponsesAssembler } from './responses.js';

export type { ReplyError, ReplyReading } from './reading.js';

/**
 * What a model said, put together from an answer in any dialect and form: whole, or streamed. Every event is read by the
 * dialect it is of, so that an unknown one spoils nothing. Never throws.
 * @param bytes of the answer, content-decoded; they may end anywhere
 */
export function readReply(bytes: Buffer): ReplyReading {
  const answer = answerEvents(bytes);
  const assemblers: readonly Assembler[] = [
    ...[new ChatAssembler(), new ResponsesAssembler(), new MessagesAssembler(), new GeminiAssembler()],
    ...[new ConverseAssembler(), new OthersAssembler()],
  ];
  const errors: ReplyError[] = [];
  const takers = new Set<Assembler>();
  let isEnded = false;
  for (const event of answer.events) {
    if (event.kind === 'end') isEnded = true;
    const error = errorOf(event);
    if (error !== null) errors.push(error);
    const value = objectOf(event.value);
    if (value === null || event.kind !== 'event') continue;
    const taker = assemblers.find((assembler) => assembler.take(value, event.name));
    if (taker !== undefined && error === null) takers.add(taker);
  }
  const said = mostOf([...takers].map((taker) => taker.said()));
  const incompleteReason = reasonOf(answer, said, errors, isEnded);
  return {
    responseId: said?.responseId ?? null,
    itemIds: said?.itemIds ?? [],
    outputMessages: said?.messages ?? [],
    errors,
    complete: incompleteReason === null,
    incompleteReason,
    unreadable: answer.unreadable,
  };
}

/** What ends a stream where nothing stands for its end alone. */
const LAST_EVENT = /^(?:message_stop|response\.(?:completed|incomplete|failed))$/;

/**
 * Whether a stream has said that nothing follows. Clients leave then, and do not wait for the connection's own end.
 * @param bytes of the answer, content-decoded; they may end anywhere
 */
export function isStreamOver(bytes: Buffer): boolean {
  const { form, events, unreadable } = answerEvents(bytes);
  const last = events.at(-1);
  if (form !== 'sse' || last === undefined || unreadable.length > 0) return false;
  return last.kind === 'end' || LAST_EVENT.test(stringOr(objectOf(last.value)?.type, last.name ?? ''));
}

/** An event that only looks like one of another dialect says nothing in it. */
function mostOf(said: readonly Said[]): Said | null {
  const withParts = said.find(({ messages }) => messages.some(({ parts }) => parts.length > 0));
  return withParts ?? said.find(({ messages }) => messages.length > 0) ?? said[0] ?? null;
}

function reasonOf(
  { events, unreadable, isClosed }: AnswerEvents,
  said: Said | null,
  errors: readonly ReplyError[],
  isEndSeen: boolean,
): ReplyReading['incompleteReason'] {
  if (errors.length > 0) return 'error';
  if (said === null) return events.length > 0 || unreadable.length > 0 ? 'unreadable' : 'no_answer';
  if (said.isPending === true) return 'pending';
  if (events.some(({ isCut }) => isCut)) return 'cut';
  return isEndSeen || said.isEnded || isClosed ? null : 'cut';
}

import { Refusal } from '../errors.js';
import type { RequestHead } from './head.js';

const MAX_ATTEMPT = 100;
const MAX_RETRY = 1_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Which try of which call a request is. */
export interface Attempt {
  /** null: the app says nothing, the request is a call of its own. */
  readonly callId: string | null;
  readonly attempt: number;
  /** Which repeat the client's SDK says it is; null: it does not say. */
  readonly clientRetry: number | null;
}

const ALONE: Attempt = Object.freeze({ callId: null, attempt: 1, clientRetry: null });

/** @throws Refusal `request_invalid` naming the header. What an SDK says of its own is never refused. */
export function readAttempt({ call, attempt, clientRetry }: RequestHead): Attempt {
  if (call === null && attempt === null && clientRetry === null) return ALONE;
  return {
    callId: call === null ? null : callIdOf(call),
    attempt: attempt === null ? 1 : attemptOf(attempt, call !== null),
    clientRetry: clientRetry !== null && wholeNumber(clientRetry) <= MAX_RETRY ? Number(clientRetry) : null,
  };
}

function callIdOf(text: string): string {
  const id = text.trim().toLowerCase();
  if (UUID.test(id)) return id;
  throw new Refusal(
    'request_invalid',
    'The header “x-weir-call” must be a UUID; send the same one with every attempt.',
  );
}

function attemptOf(text: string, hasCall: boolean): number {
  const attempt = wholeNumber(text.trim());
  if (!(attempt >= 1 && attempt <= MAX_ATTEMPT)) {
    throw new Refusal(
      'request_invalid',
      `The header “x-weir-attempt” must be a whole number from 1 to ${MAX_ATTEMPT}; count the attempts at one call.`,
    );
  }
  if (hasCall) return attempt;
  throw new Refusal(
    'request_invalid',
    'The header “x-weir-attempt” says which attempt at a call this is; send “x-weir-call” with it.',
  );
}

/** NaN, which no comparison holds for, when it is none. */
const wholeNumber = (text: string): number => (/^\d{1,6}$/.test(text) ? Number(text) : Number.NaN);

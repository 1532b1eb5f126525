import { type AnswerEvent, type JsonObject, objectOf } from '@weir/providers';
import { stringOr } from '../message/make.js';
import type { ReplyError } from './reading.js';

/** The error an event states in any dialect; null where it states none. */
export function errorOf({ kind, name, value, start }: AnswerEvent): ReplyError | null {
  const event = objectOf(value);
  if (kind === 'exception')
    return { code: name, message: stringOr(event?.message ?? event?.Message, null), offset: start };
  if (event === null) return null;
  const failed = objectOf(event.response);
  const stated = event.error ?? failed?.error ?? objectOf(failed?.status_details)?.error;
  const error = objectOf(stated);
  if (error !== null) return { ...codeAndMessage(error), offset: start };
  if (typeof stated === 'string') return { code: stringOr(event.code, null), message: stated, offset: start };
  if (event.type === 'error' || name === 'error') return { ...codeAndMessage(event), offset: start };
  return isBareError(event) ? { ...codeAndMessage(event), offset: start } : null;
}

function codeAndMessage(error: JsonObject): { code: string | null; message: string | null } {
  const code = [error.code, error.type, error.status, error.__type].find(
    (each) => (typeof each === 'string' && each !== '' && each !== 'error') || typeof each === 'number',
  );
  const message = stringOr(error.message ?? error.Message ?? error.detail, null);
  return { code: code === undefined ? null : String(code), message };
}

/** AWS and some servers send a message with nothing around it. */
function isBareError(event: JsonObject): boolean {
  const said = event.message ?? event.Message ?? event.detail;
  const keys = Object.keys(event);
  return (
    typeof said === 'string' && keys.every((key) => /^(?:message|Message|detail|code|status|__type|type)$/.test(key))
  );
}

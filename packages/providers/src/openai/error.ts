import { REFUSALS, type RefusalCode } from '@weir/contracts';
import { objectOf, textOf } from '../json/value.js';

const CODE_MAX_LENGTH = 127;

/**
 * The upstream's own word for what went wrong: OpenAI's `code` where it has one (`context_length_exceeded`), else its
 * `type`; compatible servers put a number into `code`, or only a sentence into `error`. Null when there is no error.
 */
export function errorCodeOf(error: unknown): string | null {
  if (error === undefined || error === null || error === false || error === '') return null;
  const fields = objectOf(error);
  const code = fields?.code;
  return (
    textOf(code, CODE_MAX_LENGTH) ??
    textOf(fields?.type, CODE_MAX_LENGTH) ??
    (typeof code === 'number' ? String(code) : 'error')
  );
}

const TYPES: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [429, 'rate_limit_error'],
]);

/** A refusal as the OpenAI API writes its errors, so that its SDKs raise the class their users expect. */
export function refusal(code: RefusalCode, message: string, requestId: string): string {
  const status = REFUSALS[code];
  const type = TYPES.get(status) ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
  return JSON.stringify({ error: { message, type, param: null, code, request_id: requestId } });
}

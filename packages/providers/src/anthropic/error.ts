import { REFUSALS, type RefusalCode } from '@weir/contracts';
import { objectOf, textOf } from '../json/value.js';

/** `error.type`, for example `overloaded_error`. Null when there is no error. */
export function errorCodeOf(error: unknown): string | null {
  if (error === undefined || error === null) return null;
  return textOf(objectOf(error)?.type, 127) ?? 'error';
}

/** https://docs.anthropic.com/en/api/errors */
const TYPES: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [431, 'invalid_request_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
]);

/** A refusal as the Anthropic API writes its errors, so that its SDKs raise the class their users expect. */
export function refusal(code: RefusalCode, message: string, requestId: string): string {
  const type = TYPES.get(REFUSALS[code]) ?? 'api_error';
  return JSON.stringify({ type: 'error', error: { type, message, code }, request_id: requestId });
}

import { REFUSALS, type RefusalCode } from '@weir/contracts';
import { objectOf, textOf } from '../json/value.js';

/** Google's own word for what went wrong, for example `RESOURCE_EXHAUSTED`, or its partners'. Null when there is no error. */
export function errorCodeOf(error: unknown): string | null {
  if (error === undefined || error === null) return null;
  const fields = objectOf(error);
  const code = fields?.code;
  const name = textOf(fields?.status, 127) ?? textOf(fields?.type, 127);
  return name ?? (typeof code === 'number' ? String(code) : (textOf(code, 127) ?? 'error'));
}

/** https://cloud.google.com/apis/design/errors#error_codes */
const STATUSES: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

/** A refusal as Google's APIs write their errors, so that its SDKs raise the class their users expect. */
export function refusal(code: RefusalCode, message: string, requestId: string): string {
  const status = REFUSALS[code];
  const name = STATUSES.get(status) ?? (status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT');
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code.toUpperCase(),
    domain: 'weir',
    metadata: { requestId },
  };
  return JSON.stringify({ error: { code: status, message, status: name, details: [info] } });
}

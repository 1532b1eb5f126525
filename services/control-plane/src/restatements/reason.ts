import { InputError } from '../platform/errors.js';

const MAX_LENGTH = 1_000;

/** What a person gives as the reason for a change of the ledger. @throws InputError `REASON_INVALID` */
export function parseReason(text: string): string {
  const reason = text.trim();
  if (reason === '') throw new InputError('REASON_INVALID', 'Say why; it is kept in the ledger’s history.', 'reason');
  if (reason.length > MAX_LENGTH) {
    throw new InputError('REASON_INVALID', `A reason has at most ${MAX_LENGTH} characters.`, 'reason');
  }
  return reason;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { InputError } from '../platform/errors.js';

const MAX_CHARACTERS = 8192;
/** Shorter values would be given away by showing four of their characters. */
const SHOWN_FROM_CHARACTERS = 8;

/**
 * The value as it will be sent upstream: what pasting adds at either end goes, anything a header cannot carry is
 * refused. @throws InputError on `field`
 */
export function cleanSecretValue(raw: string, field: string): string {
  const value = raw.trim();
  if (value === '') throw new InputError('SECRET_EMPTY', 'Enter the value of the secret; it is empty.', field);
  if (value.length > MAX_CHARACTERS) {
    throw new InputError('SECRET_TOO_LONG', `The value is longer than ${MAX_CHARACTERS} characters.`, field);
  }
  // A line break inside a value would let it write headers of its own (CWE-113).
  if (/[^\x20-\x7e]/.test(value)) {
    throw new InputError(
      'SECRET_CHARACTERS',
      'The value holds a line break or a character outside ASCII that no header can carry. Copy it again from the provider.',
      field,
    );
  }
  if (/^bearer /i.test(value)) {
    throw new InputError('SECRET_SCHEME', 'Leave out "Bearer "; enter only the key that follows it.', field);
  }
  return value;
}

/** What people see of a stored value. */
export function lastFourOf(value: string): string {
  return value.length >= SHOWN_FROM_CHARACTERS ? value.slice(-4) : '····';
}

/** Compares without telling by its time how much of the value was right. */
export function isSameValue(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

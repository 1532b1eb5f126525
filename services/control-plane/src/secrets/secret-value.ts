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
  const value = onOneLine(raw.trim());
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

/** A key file is a JSON object on many lines; the same object on one line says the same, and a file is never a header. */
function onOneLine(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const file = JSON.stringify(JSON.parse(text));
    return file.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  } catch {
    // A key that happens to begin with a brace; it is judged as it is.
    return text;
  }
}

/** What people see of a stored value. */
export function lastFourOf(value: string): string {
  // The end of a file says nothing about it, and all of it may be secret.
  if (value.startsWith('{')) return '····';
  return value.length >= SHOWN_FROM_CHARACTERS ? value.slice(-4) : '····';
}

/** Compares without telling by its time how much of the value was right. */
export function isSameValue(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}

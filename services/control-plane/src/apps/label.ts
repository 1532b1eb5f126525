import { uuid } from '@weir/contracts';
import { InputError } from '../platform/errors.js';

/** The usage event carries it; contracts/usage-event.ts. */
const MAX_CHARACTERS = 253;

/** A name people give an app or a token: one line of text. @throws InputError on `field` */
export function parseLabel(raw: string, field: string): string {
  const name = raw.trim();
  const isFine = name !== '' && name.length <= MAX_CHARACTERS && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);
  if (isFine) return name;
  throw new InputError('NAME_INVALID', `Enter a name of 1 to ${MAX_CHARACTERS} characters on one line.`, field);
}

/** Anything else is the id of nothing, and must not reach a uuid column. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success;
}

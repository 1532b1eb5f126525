import { InputError } from '../platform/errors.js';

/** Names as the time zone database has them; offsets are not names of it. */
const NAME = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/;

/** The zone as ClickHouse spells it too. @throws InputError `TIME_ZONE_UNKNOWN` naming it */
export function toTimeZone(name: string): string {
  try {
    if (NAME.test(name)) return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // RangeError: the database has no such name; told below.
  }
  const shown = JSON.stringify(name.slice(0, 64));
  throw new InputError(
    'TIME_ZONE_UNKNOWN',
    `There is no time zone ${shown}. Use a name such as UTC, Europe/Berlin or America/New_York.`,
    'timeZone',
  );
}

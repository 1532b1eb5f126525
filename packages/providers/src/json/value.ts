/** Forgiving reads of parsed JSON: what is not of the asked kind counts as not stated. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** A non-empty string of at most `maxLength` characters (longer ones are cut). */
export function textOf(value: unknown, maxLength = Number.POSITIVE_INFINITY): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, maxLength) : null;
}

/** A quantity: a whole number from 0 to 2^53 - 1. Text, fractions, negative and larger numbers are not taken. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Something stands where a count belongs, and it is none. `null` counts as not stated. */
export function isMisstated(value: unknown): boolean {
  return value !== undefined && value !== null && countOf(value) === undefined;
}

/** The first of several spellings of one quantity that is stated. */
export function firstCount(...values: readonly unknown[]): number | undefined {
  for (const value of values) {
    const count = countOf(value);
    if (count !== undefined) return count;
  }
  return undefined;
}

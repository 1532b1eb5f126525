import { parsedText } from '@weir/providers';
import { withinBase64 } from './base64.js';
import type { Finder } from './finder.js';
import { type Counts, redactedText } from './text.js';

/** JSON in a text of JSON in a text, or under base64: more than anybody nests. */
const NESTING_MAX = 8;
/** Shorter numbers are nobody's. */
const NUMBER_MIN_LENGTH = 8;
const NUMBER = /[0-9.eE+-]/;

/** A text, of which JSON in it stays JSON, and base64 of a text stays that. @throws where it is nested too deep to be looked into, or a finder throws */
export function redactedString(text: string, finders: readonly Finder[], counts: Counts, nesting = 0): string {
  const first = /^\s*([[{])/.exec(text.slice(0, 64))?.[1];
  if (first === undefined) return redactedPlain(text, finders, counts, nesting);
  const parsed = parsedText(text);
  if ('fault' in parsed) {
    if (parsed.fault === 'too_deep') throw new Error('a text is nested too deep to be looked into');
    return redactedText(text, finders, counts);
  }
  if (nesting >= NESTING_MAX) throw new Error('JSON is nested in texts too deep to be looked into');
  return redactedJson(text, finders, counts, nesting + 1);
}

function redactedPlain(text: string, finders: readonly Finder[], counts: Counts, nesting: number): string {
  const redacted = redactedText(text, finders, counts);
  if (redacted !== text) return redacted;
  return withinBase64(text, (inner) => {
    if (nesting >= NESTING_MAX) throw new Error('texts are nested under base64 too deep to be looked into');
    return redactedString(inner, finders, counts, nesting + 1);
  });
}

/**
 * Valid JSON text, with its strings and numbers redacted each by itself; every other byte stays, and so does its being
 * valid. Names of members are strings, too.
 */
export function redactedJson(text: string, finders: readonly Finder[], counts: Counts, nesting = 0): string {
  let out = '';
  let kept = 0;
  let at = 0;
  const replace = (start: number, end: number, by: string) => {
    out += text.slice(kept, start) + by;
    kept = end;
  };
  while (at < text.length) {
    const char = text[at] as string;
    const start = at;
    if (char === '"') {
      at = endOfString(text, at);
      const said = JSON.parse(text.slice(start, at)) as string;
      const redacted = redactedString(said, finders, counts, nesting);
      if (redacted !== said) replace(start, at, JSON.stringify(redacted));
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      while (at < text.length && NUMBER.test(text[at] as string)) at++;
      const number = text.slice(start, at);
      const redacted = number.length < NUMBER_MIN_LENGTH ? number : redactedText(number, finders, counts);
      if (redacted !== number) replace(start, at, JSON.stringify(redacted));
    } else at++;
  }
  return out + text.slice(kept);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Parsed JSON. Two names of members that become one are told apart by a number. */
export function redactedValue(value: unknown, finders: readonly Finder[], counts: Counts): unknown {
  if (typeof value === 'string') return redactedString(value, finders, counts);
  if (typeof value === 'number') {
    const number = String(value);
    const redacted = number.length < NUMBER_MIN_LENGTH ? number : redactedText(number, finders, counts);
    return redacted === number ? value : redacted;
  }
  if (Array.isArray(value)) return value.map((each) => redactedValue(each, finders, counts));
  if (typeof value !== 'object' || value === null) return value;
  const members = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    const clean = redactedText(name, finders, counts);
    let free = clean;
    for (let n = 2; members.has(free); n++) free = `${clean}#${n}`;
    members.set(free, redactedValue(member, finders, counts));
  }
  return Object.fromEntries(members);
}

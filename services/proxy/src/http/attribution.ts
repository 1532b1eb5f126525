import { Refusal } from '../errors.js';
import type { RequestHead } from './head.js';

const MAX_TEXT = 255;
const MAX_TAGS = 32;
const MAX_TAG_KEY = 63;
const MAX_TAG_VALUE = 255;

/** Whom a call is attributed to, as its own headers say. */
export interface Attribution {
  readonly conversation: string | null;
  readonly user: string | null;
  readonly agent: string | null;
  readonly tags: Record<string, string>;
}

const NO_TAGS: Record<string, string> = Object.freeze({});

/** Entries of `x-weir-tags` without a name or an `=` are ignored. @throws Refusal `request_invalid` over a limit. */
export function readAttribution(head: RequestHead): Attribution {
  return {
    conversation: text('x-weir-conversation', head.conversation),
    user: text('x-weir-user', head.user),
    agent: text('x-weir-agent', head.agent),
    tags: head.tags === null ? NO_TAGS : readTags(utf8(head.tags)),
  };
}

function text(name: string, value: string | null): string | null {
  if (value === null) return null;
  const decoded = utf8(value).trim();
  if (decoded.length > MAX_TEXT) throw tooLong(`The header “${name}”`, MAX_TEXT);
  return decoded === '' ? null : decoded;
}

function readTags(list: string): Record<string, string> {
  const tags = new Map<string, string>();
  for (const entry of list.split(',')) {
    const equals = entry.indexOf('=');
    const key = entry.slice(0, Math.max(equals, 0)).trim();
    if (key === '') continue;
    const value = entry.slice(equals + 1).trim();
    if (key.length > MAX_TAG_KEY) throw tooLong('A key in “x-weir-tags”', MAX_TAG_KEY);
    if (value.length > MAX_TAG_VALUE) throw tooLong(`The value of the tag “${key}”`, MAX_TAG_VALUE);
    tags.set(key, value);
    if (tags.size > MAX_TAGS) {
      throw new Refusal('request_invalid', `“x-weir-tags” holds more than ${MAX_TAGS} tags; send fewer.`);
    }
  }
  // Makes own properties of whatever names, `__proto__` included.
  return Object.fromEntries(tags);
}

/** Node hands header octets over as Latin-1; people write UTF-8. */
function utf8(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for plain ASCII
  return /^[\x00-\x7f]*$/.test(value) ? value : Buffer.from(value, 'latin1').toString('utf8');
}

function tooLong(what: string, limit: number): Refusal {
  return new Refusal('request_invalid', `${what} is longer than ${limit} characters; shorten it.`);
}

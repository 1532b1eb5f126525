import { PROVIDER_NAME } from '@weir/contracts';
import { Refusal } from '../errors.js';

export const PREFIX = '/llm/v1/providers/';

/** Where a call goes. Nothing here is decoded: what was checked is what is forwarded. */
export interface Route {
  readonly provider: string;
  /** Upstream path and query as the caller wrote them, without the leading slash. */
  readonly callPath: string;
  /** The same with a leading slash and without the query. */
  readonly path: string;
}

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;

/** RFC 3986 `pchar` without `;`, whose path parameters hide dot segments from some servers, and without `%`. */
const PLAIN = new Uint8Array(128);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@") {
  PLAIN[char.charCodeAt(0)] = 1;
}

/** Octets that change what a path means once somebody decodes them: `%`, `.`, `/`, `\`, `;`, DEL. */
const FORBIDDEN_ESCAPES = new Set([0x25, 0x2e, 0x2f, 0x5c, 0x3b, 0x7f]);

/** An AWS resource name in one segment, its colons and slashes escaped as AWS's SDKs do; no part of it is empty or dots. */
const ARN_MAX_LENGTH = 2_048;
const ARN = /^arn(?::|%3a)(?:[\w.-]|:|%3a|%2f(?=[a-z0-9]))+$/i;

/** Query names with which some upstreams take a credential; ours must be the only one they see. */
const CREDENTIAL_QUERY = new Set([
  ...['key', 'api_key', 'api-key', 'apikey', 'access_token'],
  ...['x-amz-credential', 'x-amz-signature', 'x-amz-security-token'],
]);

/**
 * Splits a raw request target. It is never resolved against a base address: `//host`, `\\host` and absolute forms would
 * leave it. @throws Refusal `request_invalid` for anything but a plain path, `provider_unknown` outside the prefix.
 */
export function parseRoute(target: string): Route {
  const question = target.indexOf('?');
  const path = question < 0 ? target : target.slice(0, question);
  checkPath(path);
  if (question >= 0) checkQuery(target, question + 1);
  if (!path.startsWith(PREFIX)) {
    throw new Refusal(
      'provider_unknown',
      `This address is no proxy URL; call ${PREFIX}<provider>/<path of the upstream API>.`,
    );
  }
  const slash = path.indexOf('/', PREFIX.length);
  const provider = path.slice(PREFIX.length, slash < 0 ? path.length : slash);
  if (!PROVIDER_NAME.test(provider)) {
    throw new Refusal(
      'provider_unknown',
      'The proxy URL names no provider; copy it from the provider’s page in the Weir console.',
    );
  }
  if (slash < 0) return { provider, callPath: question < 0 ? '' : target.slice(question), path: '/' };
  return { provider, callPath: target.slice(slash + 1), path: path.slice(slash) };
}

/** Values of a query parameter, decoded as a form would. */
export function queryValues(callPath: string, name: string): string[] {
  const question = callPath.indexOf('?');
  if (question < 0 || !callPath.includes(name, question)) return [];
  return new URLSearchParams(callPath.slice(question + 1)).getAll(name);
}

function invalid(what: string): Refusal {
  return new Refusal('request_invalid', `The request path ${what}; send the plain path of the upstream API.`);
}

function checkPath(path: string): void {
  if (path.charCodeAt(0) !== SLASH) throw invalid('does not start with a slash');
  let segmentStart = 1;
  let hasUnicode = false;
  for (let i = 1; i <= path.length; i++) {
    const code = i === path.length ? SLASH : path.charCodeAt(i);
    if (code < 128 && PLAIN[code] === 1) continue;
    if (code === DOT) continue;
    if (code === SLASH) {
      checkSegment(path, segmentStart, i);
      segmentStart = i + 1;
    } else if (code === PERCENT) {
      if (!isSlashOfArn(path, segmentStart, i) && checkEscape(path, i) >= 0x80) hasUnicode = true;
      i += 2;
    } else {
      throw invalid('holds a character that must be percent-encoded');
    }
  }
  if (hasUnicode) checkUnicode(path);
}

function checkSegment(path: string, start: number, end: number): void {
  const length = end - start;
  if (length === 0 && end !== path.length) throw invalid('holds an empty segment (//)');
  if (length === 0 && path.length === 1) return;
  if (length > 2 || length === 0) return;
  for (let i = start; i < end; i++) if (path.charCodeAt(i) !== DOT) return;
  throw invalid('holds a dot segment');
}

function isSlashOfArn(path: string, segmentStart: number, at: number): boolean {
  if (path.charCodeAt(at + 1) !== 0x32 || (path.charCodeAt(at + 2) | 0x20) !== 0x66) return false;
  const slash = path.indexOf('/', at);
  const end = slash < 0 ? path.length : slash;
  return end - segmentStart <= ARN_MAX_LENGTH && ARN.test(path.slice(segmentStart, end));
}

function checkEscape(path: string, at: number): number {
  const hex = path.slice(at + 1, at + 3);
  if (!/^[0-9A-Fa-f]{2}$/.test(hex)) throw invalid('holds a broken percent escape');
  const octet = Number.parseInt(hex, 16);
  if (octet < 0x20 || FORBIDDEN_ESCAPES.has(octet)) throw invalid(`holds the escape %${hex}, which is not accepted`);
  return octet;
}

/** Overlong and broken UTF-8 is refused, and so is text that becomes a separator or a dot segment when normalised. */
function checkUnicode(path: string): void {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    throw invalid('holds escapes that are not valid UTF-8');
  }
  const folded = decoded.normalize('NFKC');
  const slashes = (text: string) => text.split('/').length;
  if (slashes(folded) !== slashes(path) || /\\|;|%/.test(folded) || /(^|\/)\.{1,2}(\/|$)/.test(folded)) {
    throw invalid('holds characters that look like path separators');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(decoded)) throw invalid('holds control characters');
}

function checkQuery(target: string, start: number): void {
  for (let i = start; i < target.length; i++) {
    const code = target.charCodeAt(i);
    // `#` would end the request target for whoever parses it as a URL.
    if (code <= 0x20 || code >= 0x7f || code === 0x23) {
      throw new Refusal('request_invalid', 'The query holds a character that must be percent-encoded; encode it.');
    }
  }
  for (const name of new URLSearchParams(target.slice(start)).keys()) {
    if (CREDENTIAL_QUERY.has(name.toLowerCase())) {
      throw new Refusal(
        'request_invalid',
        `The query parameter “${name}” carries a credential; remove it and send the gateway token in a header.`,
      );
    }
  }
}

import { isIP } from 'node:net';
import { InputError } from '../platform/errors.js';
import { whyNotPublic } from './address.js';

const MAX_CHARACTERS = 2048;
const FIELD = 'baseUrl';

/** Where a provider's calls go. */
export interface BaseUrl {
  /** Normalised, without a trailing slash. */
  readonly href: string;
  /** Scheme, host and port; what a credential is bound to. */
  readonly origin: string;
  readonly secure: boolean;
  /** IPv6 without brackets. */
  readonly hostname: string;
  /** `host:port` with the port always written, as in the operator's list. */
  readonly hostPort: string;
}

const refuse = (message: string): never => {
  throw new InputError('BASE_URL_INVALID', message, FIELD);
};

function parseUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    return refuse('The base URL is not an address. It looks like https://api.example.com/v1');
  }
}

/** @throws InputError `BASE_URL_INVALID` that says what to change. */
export function parseBaseUrl(raw: string): BaseUrl {
  const text = raw.trim();
  if (text === '') return refuse('Enter a base URL, for example https://api.example.com/v1');
  if (text.length > MAX_CHARACTERS) return refuse(`The base URL is longer than ${MAX_CHARACTERS} characters.`);
  // The URL parser drops tabs and newlines and turns a backslash into a slash; what was typed must be what is meant.
  if (/[^\x21-\x7e]|\\/.test(text)) {
    return refuse('The base URL holds a space, a backslash or a character outside ASCII. Remove it.');
  }
  const url = /^https?:\/\/[^/]/i.test(text)
    ? parseUrl(text)
    : refuse('The base URL must start with https:// (or http:// for a host the operator has listed).');
  const [, authority = '', path = ''] = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(text) ?? [];
  if (authority.includes('@')) {
    return refuse('Leave user name and password out of the base URL; the credential belongs in a secret.');
  }
  if (/[?#]/.test(text)) return refuse('Leave out everything from "?" or "#" on; a base URL has neither.');
  const typedPath = path.replace(/\/+$/, '');
  const isPlainPath = typedPath === url.pathname.replace(/\/+$/, '') && !/\/\/|%2f|%5c|%2e/i.test(typedPath);
  if (!isPlainPath) return refuse('Write the path of the base URL plainly, without "//", "." or ".." parts.');
  if (url.hostname.endsWith('.')) return refuse('Remove the dot at the end of the host name.');
  if (url.port === '0') return refuse('Port 0 cannot be connected to.');

  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return {
    href: `${url.origin}${typedPath}`,
    origin: url.origin,
    secure: url.protocol === 'https:',
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    hostPort: `${url.hostname}:${port}`,
  };
}

/** Names that only mean something inside a machine or a network. */
const INTERNAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|localdomain|home\.arpa)$/;

/** What can be told without resolving the name; listed upstreams pass. @throws InputError on `baseUrl` */
export function checkUpstream(url: BaseUrl, allowedHosts: readonly string[]): void {
  if (isListed(url, allowedHosts)) return;
  const remedy = `If it is meant, the operator lists ${url.hostPort} in WEIR_ALLOWED_HOSTS.`;
  if (!url.secure) {
    throw new InputError('BASE_URL_NOT_HTTPS', `The base URL must start with https://. ${remedy}`, FIELD);
  }
  if (isIP(url.hostname) !== 0) {
    checkAddress(url, url.hostname);
  } else if (INTERNAL_NAME.test(url.hostname) || !url.hostname.includes('.')) {
    throw new InputError('BASE_URL_PRIVATE', `${url.hostname} is a name inside a private network. ${remedy}`, FIELD);
  }
}

/** Checks one address the host stands for. @throws InputError `BASE_URL_PRIVATE` */
export function checkAddress(url: BaseUrl, address: string): void {
  const reason = whyNotPublic(address);
  if (reason === null) return;
  const subject = address === url.hostname ? address : `${url.hostname} leads to ${address}, which`;
  throw new InputError(
    'BASE_URL_PRIVATE',
    `${subject} is ${reason}. Providers must be publicly reachable, or the operator lists ${url.hostPort} in WEIR_ALLOWED_HOSTS.`,
    FIELD,
  );
}

/** Whether the operator has listed exactly this host and port; neighbours stay closed. */
export function isListed(url: BaseUrl, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((entry) => normaliseHostPort(entry) === url.hostPort);
}

/** `LocalHost:11434` -> `localhost:11434`, spelled as the URL parser would spell it. */
export function normaliseHostPort(entry: string): string | null {
  const match = /^([^@]+):(\d{1,5})$/.exec(entry.trim());
  if (!match) return null;
  const url = URL.parse(`http://${match[1]}`);
  return url && url.pathname === '/' && url.port === '' ? `${url.hostname}:${Number(match[2])}` : null;
}
